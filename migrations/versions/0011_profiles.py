"""Profiles: what a persona writes outside groups, who follows it, and what was shared."""

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Filled by the part that needs it."""


def downgrade() -> None:
    """Filled by the part that needs it."""
