"""How fast the product is, and how much memory it takes: see README.md beside this file."""
