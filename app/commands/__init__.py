"""The subcommands of `veilige-route`, one module each; app/cli.py finds them here by their name."""
