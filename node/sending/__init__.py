"""What waits to go to other nodes, and how it goes."""
