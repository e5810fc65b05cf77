"""The only importer of SQLAlchemy: sessions, tables, queries, migrations and the ledger."""
