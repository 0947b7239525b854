"""What the Mastodon client API calls things: one Struct for each entity, with every field that its
schema requires, and those that real clients read without asking whether they are there.

Ids are text; times are text already (`moment` in node/clients/answers.py). An entity holds what one
reader may see: whoever fills one has decided that before.
"""
