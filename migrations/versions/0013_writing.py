"""Bookmarks, pins, quiet threads, drafts for later and earlier wordings."""

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Filled by the part that needs it."""


def downgrade() -> None:
    """Filled by the part that needs it."""
