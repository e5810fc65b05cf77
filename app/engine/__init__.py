"""Reads diagrams and runs procedures; the only package that knows SpiffWorkflow, so that it can be replaced or mistrusted here."""
