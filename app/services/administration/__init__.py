"""Administration of a board's directory: schools, people, invitations, and roles that two people give."""
