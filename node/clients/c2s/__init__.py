"""ActivityPub's client-to-server side: the owner of a persona reads its inbox and outbox, and posts
activities to the outbox (W3C ActivityPub sections 3 to 6, SWICG basic profile for social API
servers).

Everything that is posted goes through the same use cases as a click (outbox.py, acts/). Everything
that is read is written for the one who asks with a token of their own (documents.py); what other
nodes are shown is made elsewhere, in `node/wire/`, and nothing here is ever shown to them.
"""
