"""Stories of what people came through: told by members, with a consent that can be taken back."""
