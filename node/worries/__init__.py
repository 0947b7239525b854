"""People look at signs that somebody may not be safe, one after the other, and answer as people."""
