"""Veilige Route: complaint routes and statutory procedures of Dutch schools as executable BPMN."""
