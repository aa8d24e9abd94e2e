"""The subcommands of `safe-dashboard`, one module each."""
