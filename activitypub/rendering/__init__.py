"""How our own things are written for other nodes: one small module per family, behind `render.py`.

The functions here write bodies without `@context`, so that they can stand inside one another.
"""
