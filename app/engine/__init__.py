"""The only importer of SpiffWorkflow: parse, expressions, state, compact, run (DESIGN 4, 5, 9)."""
