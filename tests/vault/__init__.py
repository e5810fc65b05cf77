"""The vault: what opens, and above all what does not."""
