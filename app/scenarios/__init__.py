"""Stories in YAML, played by the cast on a virtual clock; each says what must be there on the way, and fails when it is not."""
