"""What runs inside a node that is watched. The folder stands first on the node's PYTHONPATH."""
