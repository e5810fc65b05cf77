"""What building and checking this repository needs, and the product itself does not."""
