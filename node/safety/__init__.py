"""Safety: who is cut off from whom, and what newcomers may not do yet."""
