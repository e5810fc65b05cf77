"""Draws our diagrams: the meaning comes from the .bpmn, the places from a small table beside it."""
