"""How documents from other nodes are read: one small module per family, behind `parse.py`."""
