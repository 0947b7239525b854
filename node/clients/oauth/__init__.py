"""The OAuth 2.0 server: how a person lets a program act as one of their personas.

    rules.py         pure: redirect addresses, PKCE, what was asked for
    apps.py          client ids: POST /api/v1/apps and RFC 7591, and who presents them
    documents.py     client ids that are the address of a document
    granting.py      codes, access tokens, refresh tokens, and their end
    doors.py, app_doors.py, metadata.py    what programs call
    pages/           what people see: the question, the code to copy, their apps

Both doors for client apps, ActivityPub C2S and the Mastodon API, are opened by these tokens.
"""
