"""Circles: a small group of people, some weeks, one question a day."""
