"""Reads diagrams and runs procedures: the only package that knows SpiffWorkflow, so its quirks stay in here."""
