"""What the studio does apart from the running installation: trying, playing and driving what is being drawn."""
