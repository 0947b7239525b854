"""Groups: who belongs, what is said in them, how others answer, and who keeps the peace."""
