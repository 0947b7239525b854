"""The `kith` command, run as people run it."""
