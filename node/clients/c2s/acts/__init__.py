"""What each activity of the outbox does: it finds out what is meant, and calls the use case that a
click calls. None of these awaits, commits or sends anything.
"""
