"""Circles that gather or have a pause are looked after by time as well: the worker comes to those
that are there already."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0030"
branch_labels = None
depends_on = None

_CIRCLES = sa.table("circles", sa.column("state"), sa.column("changed_at"), sa.column("next_at"))
_HELD = _CIRCLES.c.state.in_(("gathering", "paused"))


def upgrade() -> None:
    op.execute(_CIRCLES.update().where(_HELD).values(next_at=_CIRCLES.c.changed_at))


def downgrade() -> None:
    op.execute(_CIRCLES.update().where(_HELD).values(next_at=None))
