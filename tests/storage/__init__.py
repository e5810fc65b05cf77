"""The database, as it is: SQLite files and a running PostgreSQL."""
