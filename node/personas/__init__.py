"""Personas: the several public faces of one account, and keeping them apart.

Only the owner's own pages list an account's personas together. To everybody else each of them is a
person by itself: own handle, keys, inbox and memberships, an id that tells nothing, no times.
"""
