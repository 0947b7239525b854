"""The revision that this code expects, so that start-up need not import Alembic to compare."""

HEAD = "0035"
