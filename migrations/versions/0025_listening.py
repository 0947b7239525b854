"""Listening sessions: who asks, who listens, what was offered and said, and the path of helpers."""

import sqlalchemy as sa
from alembic import op

from storage.tables.metadata import Id, UtcTime

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _people()
    _sessions()
    _offers()
    _words()
    _answers()


def downgrade() -> None:
    for name in (
        "helper_paths",
        "listening_answers",
        "listening_words",
        "listening_offers",
        "listening_sessions",
        "listening_people",
    ):
        op.drop_table(name)


def _indexes(table: str, *many: tuple[str, ...]) -> None:
    for columns in many:
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def _actor(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["actors.id"], name=op.f(f"fk_{table}_{column}"))


def _people() -> None:
    op.create_table(
        "listening_people",
        sa.Column("persona_id", Id, autoincrement=False, nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("available_until", UtcTime, nullable=True),
        sa.Column("rests_until", UtcTime, nullable=True),
        sa.Column("last_asked_at", UtcTime, nullable=True),
        sa.Column("talks", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        _actor("listening_people", "persona_id"),
        sa.PrimaryKeyConstraint("persona_id", name=op.f("pk_listening_people")),
    )
    _indexes("listening_people", ("is_on",))
    op.create_table(
        "helper_paths",
        sa.Column("persona_id", Id, autoincrement=False, nullable=False),
        sa.Column("shows_badge", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        _actor("helper_paths", "persona_id"),
        sa.PrimaryKeyConstraint("persona_id", name=op.f("pk_helper_paths")),
    )


def _sessions() -> None:
    op.create_table(
        "listening_sessions",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("seeker_id", Id, nullable=False),
        sa.Column("helper_id", Id, nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_at", UtcTime, nullable=False),
        sa.Column("changed_at", UtcTime, nullable=False),
        sa.Column("due_at", UtcTime, nullable=True),
        sa.Column("begun_at", UtcTime, nullable=True),
        sa.Column("ended_at", UtcTime, nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_words", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_pause", sa.LargeBinary(), nullable=True),
        _actor("listening_sessions", "seeker_id"),
        _actor("listening_sessions", "helper_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listening_sessions")),
    )
    _indexes(
        "listening_sessions",
        ("seeker_id", "id"),
        ("helper_id", "id"),
        ("state", "due_at"),
        ("ended_at",),
        ("begun_at",),
    )


def _offers() -> None:
    op.create_table(
        "listening_offers",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("session_id", Id, nullable=False),
        sa.Column("seeker_id", Id, nullable=False),
        sa.Column("helper_id", Id, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("offered_at", UtcTime, nullable=False),
        _actor("listening_offers", "seeker_id"),
        _actor("listening_offers", "helper_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listening_offers")),
    )
    _indexes("listening_offers", ("session_id",), ("seeker_id",), ("helper_id",), ("offered_at",))


def _words() -> None:
    op.create_table(
        "listening_words",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("session_id", Id, nullable=False),
        sa.Column("author_id", Id, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sent_at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["listening_sessions.id"], name=op.f("fk_listening_words_session_id")
        ),
        _actor("listening_words", "author_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listening_words")),
    )
    _indexes("listening_words", ("session_id", "id"), ("author_id",))


def _answers() -> None:
    op.create_table(
        "listening_answers",
        sa.Column("session_id", Id, autoincrement=False, nullable=False),
        sa.Column("seeker_id", Id, nullable=False),
        sa.Column("helper_id", Id, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("answered_at", UtcTime, nullable=False),
        _actor("listening_answers", "seeker_id"),
        _actor("listening_answers", "helper_id"),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_listening_answers")),
    )
    _indexes("listening_answers", ("seeker_id",), ("helper_id",), ("answered_at",))
