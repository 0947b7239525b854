"""Polls: a question with options below a post, and what becomes of the votes."""
