"""What the training says, a file for each language, named by its tag: plain words, no code.

A translation is a further file beside en.json with the same slugs. Whoever runs a node can put a
file of their own into `training/` of the data directory; it takes the place of the shipped one of
the same name.
"""
