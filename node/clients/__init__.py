"""The doors for client apps: OAuth 2, ActivityPub C2S, the Mastodon client API, streaming.

Every address of them is a `door` (doors.py), which says what a token needs for it; behind it a
handler gets a `Call` (call.py) and answers with the words of `answers.py`.
"""
