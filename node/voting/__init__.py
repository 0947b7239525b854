"""Votes in polls: cast here, sent to other nodes and taken from them; and the end of a poll."""
