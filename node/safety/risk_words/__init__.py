"""The word rules that come along, a plain text for each language."""
