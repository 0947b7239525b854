"""Rights over one's data: consents, a copy of all of it, and the end of an account."""
