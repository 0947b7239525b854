"""Who asked to be let into a group, what they answered, and the questions that a group asks.

Questions are sealed under the group; answers, and what moderators replied, under the persona that
asked. Both are erased some time after the decision.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, bindparam, null, or_, select
from sqlalchemy.dialects.postgresql import insert

from storage.actors import ACTOR, Actor
from storage.seals import Holder, Sealed, Seals
from storage.shapes import Shape
from storage.tables import actors, applications, group_questions
from storage.tables.metadata import UtcTime

ApplicationState = Literal["pending", "accepted", "declined"]

_WORDS, _REPLY, _QUESTIONS = "applications.words", "applications.reply", "group_questions.questions"


class Words(msgspec.Struct, frozen=True):
    """What an application says: the name of the group as the applicant was shown it, and each
    question with its answer."""

    shown_as: str
    answers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """One persona's application to one group; a later one takes the place of an earlier one."""

    id: int
    group_id: int
    actor_id: int
    state: ApplicationState
    created_at: datetime
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadApplication:
    """An application with who asked, and its words while they are kept."""

    application: Application
    applicant: Actor
    words: Words | None
    reply: str | None


_APPLICATION = Shape(Application, applications)
_SELECT = select(*_APPLICATION.columns)
_READ = select(
    *_APPLICATION.columns, *ACTOR.columns, applications.c.words, applications.c.reply
).join_from(applications, actors, applications.c.actor_id == actors.c.id)
_GET = _SELECT.where(
    applications.c.group_id == bindparam("group"), applications.c.actor_id == bindparam("actor")
)
_BY_ID = _SELECT.where(applications.c.id == bindparam("id"))
_READ_ONE = _READ.where(applications.c.id == bindparam("id"))
_PENDING = (
    _READ.where(applications.c.group_id == bindparam("group"), applications.c.state == "pending")
    .order_by(applications.c.id)
    .limit(bindparam("limit"))
)
_OF_ACTOR = (
    _READ.where(applications.c.actor_id == bindparam("actor"))
    .order_by(applications.c.id.desc())
    .limit(bindparam("limit"))
)
_INSERT = insert(applications)
_PUT = _INSERT.on_conflict_do_update(
    index_elements=[applications.c.group_id, applications.c.actor_id],
    set_={
        name: _INSERT.excluded[name]
        for name in ("id", "state", "words", "reply", "created_at", "decided_at")
    },
)
_DECIDE = (
    applications.update()
    .where(applications.c.id == bindparam("application"), applications.c.state == "pending")
    .values(state=bindparam("new"), reply=bindparam("said"), decided_at=bindparam("now"))
)
_REMOVE = applications.delete().where(applications.c.id == bindparam("id"))
_LONG_DECIDED = (
    select(applications.c.id)
    .where(
        applications.c.decided_at < bindparam("before", type_=UtcTime()),
        or_(applications.c.words.is_not(None), applications.c.reply.is_not(None)),
    )
    .limit(bindparam("limit"))
)
_ERASE = (
    applications.update()
    .where(applications.c.id.in_(_LONG_DECIDED))
    .values(words=null(), reply=null())
)
_ASKED = select(group_questions.c.questions).where(group_questions.c.group_id == bindparam("group"))
_ADD_QUESTIONS = insert(group_questions)
_ASK = _ADD_QUESTIONS.on_conflict_do_update(
    index_elements=[group_questions.c.group_id],
    set_={"questions": _ADD_QUESTIONS.excluded.questions},
)


class ApplicationRepository:
    """Applications of people and questions of groups."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def ask(self, group_id: int, questions: tuple[str, ...]) -> None:
        """What the group asks from now on."""
        sealed = self._seals.seal(
            msgspec.json.encode(questions),
            place=_QUESTIONS,
            row=group_id,
            author=group_id,
            holders=(Holder("group", group_id),),
        )
        self._connection.execute(_ASK, {"group_id": group_id, "questions": sealed})

    def questions(self, group_id: int) -> tuple[str, ...]:
        """What the group asks; nothing when it was never said."""
        sealed = self._connection.execute(_ASKED, {"group": group_id}).scalar()
        if sealed is None:
            return ()
        plain = self._seals.open(sealed, place=_QUESTIONS, row=group_id, author=group_id)
        return () if plain is None else msgspec.json.decode(plain, type=tuple[str, ...])

    def put(self, application: Application, words: Words) -> None:
        """Keep an application in place of an earlier one of the same persona."""
        sealed = self._seal(msgspec.json.encode(words), _WORDS, application)
        row = _APPLICATION.values(application) | {"words": sealed, "reply": None}
        self._connection.execute(_PUT, row)

    def get(self, group_id: int, actor_id: int) -> Application | None:
        key = {"group": group_id, "actor": actor_id}
        return _APPLICATION.maybe(self._connection.execute(_GET, key).first())

    def by_id(self, application_id: int) -> Application | None:
        """One application without its words."""
        row = self._connection.execute(_BY_ID, {"id": application_id}).first()
        return _APPLICATION.maybe(row)

    def read(self, application_id: int) -> ReadApplication | None:
        """One application with its words."""
        return next(iter(self._read(_READ_ONE, {"id": application_id})), None)

    def pending(self, group_id: int, limit: int) -> list[ReadApplication]:
        """What waits for the group's moderators, oldest first."""
        return self._read(_PENDING, {"group": group_id, "limit": limit})

    def of_actor(self, actor_id: int, limit: int) -> list[ReadApplication]:
        """What a persona asked for, newest first."""
        return self._read(_OF_ACTOR, {"actor": actor_id, "limit": limit})

    def decide(
        self, application: Application, state: ApplicationState, reply: str, now: datetime
    ) -> bool:
        """Close it, with a sentence for the applicant. False when somebody was quicker."""
        sealed = self._seal(reply.encode(), _REPLY, application) if reply else None
        key = {"application": application.id, "new": state, "said": sealed, "now": now}
        return self._connection.execute(_DECIDE, key).rowcount == 1

    def remove(self, application_id: int) -> None:
        """Forget it, every word."""
        self._connection.execute(_REMOVE, {"id": application_id})

    def erase_words(self, before: datetime, limit: int) -> int:
        """Erase what was said in up to `limit` applications decided before then; how many."""
        return self._connection.execute(_ERASE, {"before": before, "limit": limit}).rowcount

    def _seal(self, plain: bytes, place: str, application: Application) -> bytes:
        return self._seals.seal(
            plain,
            place=place,
            row=application.id,
            author=application.actor_id,
            holders=(Holder("persona", application.actor_id),),
        )

    def _read(self, statement: Any, key: dict[str, Any]) -> list[ReadApplication]:
        rows = self._connection.execute(statement, key).all()
        kept = [_APPLICATION.read(row) for row in rows]
        sealed = [
            Sealed(bytes_, place, one.id, one.actor_id)
            for row, one in zip(rows, kept, strict=True)
            for bytes_, place in ((row.words, _WORDS), (row.reply, _REPLY))
            if bytes_ is not None
        ]
        opened = dict(
            zip(
                ((one.row, one.place) for one in sealed), self._seals.open_many(sealed), strict=True
            )
        )
        return [
            ReadApplication(
                application=one,
                applicant=ACTOR.read_after(row, _APPLICATION.width),
                words=_words(opened.get((one.id, _WORDS))),
                reply=_text(opened.get((one.id, _REPLY))),
            )
            for row, one in zip(rows, kept, strict=True)
        ]


def _words(plain: bytes | None) -> Words | None:
    return None if plain is None else msgspec.json.decode(plain, type=Words)


def _text(plain: bytes | None) -> str | None:
    return None if plain is None else plain.decode()
