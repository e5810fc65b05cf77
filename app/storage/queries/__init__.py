"""Questions to the database, one small typed function each; every one works inside the caller's transaction."""
