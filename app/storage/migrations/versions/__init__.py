"""The steps, each with its way back. They use no models of today, so that they keep meaning what they meant."""
