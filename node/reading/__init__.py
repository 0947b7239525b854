"""What a persona set for its own reading: lists, tags, and how far it has read."""
