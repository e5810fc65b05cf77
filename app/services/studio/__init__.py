"""The studio: drafts of procedures, their findings, reviews and versions. Nothing here reads a case or a fact."""
