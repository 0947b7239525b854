"""Special days, and being noticed."""
