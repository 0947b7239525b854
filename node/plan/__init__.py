"""Everybody's own plan for hard days: written for oneself, read by nobody else, printable."""
