"""A report as client apps make it: an account, some of its posts or messages, and words, at once.

What the reporter may not read is left out of it as if it had not been named, and so is what others
wrote; where nothing is left of what was named, there is no report. Posts are kept as they stand
now, messages as they were received.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Protocol

from node.errors import Invalid, NotFound
from node.moderation.evidence import Received
from node.moderation.reporting import ReportDraft, Reporting
from node.ports import Clock
from node.viewer import Viewer
from storage.actors import Actor
from storage.posts import Post
from storage.report_record import Report
from storage.unit_of_work import UnitOfWork

CATEGORIES: Final = {"spam": "spam", "legal": "other", "violation": "other", "other": "other"}
"""What apps call it, and the reason that the staff read."""
AT_ONCE: Final = 20
"""Posts and messages of one report."""


class Forwarding(Protocol):
    """Hands a report on to another node."""

    def flag(self, uow: UnitOfWork, subject: Actor, posts: list[Post]) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class AppReport:
    """What was sent. `status_ids` are of posts and of messages; `rules` are lines of the node's
    rules, as they were shown."""

    subject_id: int
    status_ids: tuple[int, ...] = ()
    words: str = ""
    category: str = "other"
    rules: tuple[str, ...] = ()
    forward: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A report as it was kept, and what came of it."""

    report: Report
    status_ids: tuple[int, ...]
    forwarded: bool


@dataclass(frozen=True, slots=True)
class AppReports:
    """Use cases of reports from apps."""

    now: Clock
    reporting: Reporting
    forwarding: Forwarding

    def report(self, uow: UnitOfWork, viewer: Viewer, draft: AppReport) -> Reported:
        """Raises NotFound, Invalid and Refused."""
        if draft.category not in CATEGORIES:
            raise Invalid(
                "category", f"Validation failed: Category is one of {', '.join(CATEGORIES)}"
            )
        posts = list(self._posts(uow, viewer, draft))
        said = list(self._messages(uow, viewer, draft))
        if draft.status_ids and not (posts or said):
            raise NotFound
        kept = ReportDraft(reason=CATEGORIES[draft.category], words=_words(draft))
        if posts or said:
            report = self.reporting.report_together(uow, viewer, posts, said, kept)
        else:
            subject = uow.actors.get(draft.subject_id)
            report = self.reporting.report_persona(uow, viewer, subject, kept)
        return Reported(
            report=report,
            status_ids=(*(post.id for post in posts), *(one.id for one in said)),
            forwarded=draft.forward and self._forward(uow, report.subject_id, posts),
        )

    def _posts(self, uow: UnitOfWork, viewer: Viewer, draft: AppReport) -> Iterable[Post]:
        for number in draft.status_ids[:AT_ONCE]:
            share = uow.shares.get(number)
            try:
                post = self.reporting.post(uow, viewer, share.post_id if share else number)
            except NotFound:
                continue
            if _is_of(uow, post, draft.subject_id):
                yield post

    def _messages(self, uow: UnitOfWork, viewer: Viewer, draft: AppReport) -> Iterable[Received]:
        for number in draft.status_ids[:AT_ONCE]:
            for one in self.reporting.received(uow, viewer, number):
                if one.id == number and one.author_id == draft.subject_id:
                    yield one

    def _forward(self, uow: UnitOfWork, subject_id: int, posts: list[Post]) -> bool:
        subject = uow.actors.get(subject_id)
        return subject is not None and self.forwarding.flag(uow, subject, posts)


def _is_of(uow: UnitOfWork, post: Post, subject_id: int) -> bool:
    """Whether an app may mean this post: one of the account's, in the group that the account is,
    or of somebody who shows to nobody."""
    return post.author_id == subject_id or post.group_id == subject_id or post.author_hidden


def _words(draft: AppReport) -> str:
    lines = [draft.words.strip(), *(f"§ {rule}" for rule in draft.rules)]
    return "\n".join(line for line in lines if line)
