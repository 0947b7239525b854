"""A few words above a reply, and a second look where somebody asked for just listening: local rules
in plain text, no model and no other service."""
