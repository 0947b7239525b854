"""Telling the staff of the node about a message, a post or a persona.

Anybody who is signed in may, from the first minute. Whoever is reported never learns of it from
here: nothing is sent, nothing is counted, and nothing that they can ask for changes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from node.errors import Invalid, NotFound, Refused
from node.groups.place import place_of
from node.i18n import N_
from node.moderation.evidence import EvidenceSource, Received, chosen
from node.moderation.quorum import Quorum
from node.moderation.rules import REASONS, words_of
from node.ports import Clock, NewId
from node.profiles.place import readable
from node.viewer import Viewer
from node.visibility import may_see_persona
from storage.actors import Actor
from storage.post_record import Post
from storage.report_record import Excerpt, Report, ReportKind, Source, Told
from storage.unit_of_work import UnitOfWork

DAY: Final = timedelta(days=1)
NO_PEOPLE: Final = frozenset({"Group", "Application"})
"""A group is reported by its posts, and the node itself not at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDraft:
    """What the form holds: a reason of the list, own words, whether staff may know the reporter."""

    reason: str
    words: str = ""
    shows_reporter: bool = False


class Reporting:
    """Use cases of those who report. `a_day` is how many reports an account may make."""

    def __init__(
        self, now: Clock, new_id: NewId, evidence: EvidenceSource, quorum: Quorum, a_day: int
    ) -> None:
        self._now = now
        self._new_id = new_id
        self._evidence = evidence
        self._quorum = quorum
        self._a_day = a_day

    def post(self, uow: UnitOfWork, viewer: Viewer, post_id: int) -> Post:
        """The post to report, if the reporter may read it. Raises NotFound."""
        post = self._readable(uow, viewer.persona, post_id)
        if post.author_id == viewer.persona.id or post.deleted_at is not None:
            raise NotFound
        return post

    @staticmethod
    def _readable(uow: UnitOfWork, reader: Actor, post_id: int) -> Post:
        standing = readable(uow, post_id, reader)
        return (standing or place_of(uow, post_id, reader)).view.post

    def persona(self, uow: UnitOfWork, viewer: Viewer, persona: Actor | None) -> Actor:
        """Somebody whom the reporter sees, or blocked. Raises NotFound."""
        hidden = uow.blocks.hides(viewer.persona.id)
        if persona is None or persona.type in NO_PEOPLE or persona.id == viewer.persona.id:
            raise NotFound
        # Whom one blocked oneself one knows; reporting often comes after it.
        if uow.blocks.get(viewer.persona.id, persona.id) is not None:
            return persona
        if not may_see_persona(persona, hidden):
            raise NotFound
        return persona

    def messages(self, uow: UnitOfWork, viewer: Viewer, message_id: int) -> list[Received]:
        """What may be shown along with this message, which the reporter received. Raises
        NotFound, alike for what is not there and what is not theirs."""
        found = self._evidence.received(uow, message_id, viewer.persona.id)
        if not found:
            raise NotFound
        return found

    def report_post(
        self, uow: UnitOfWork, viewer: Viewer, post_id: int, draft: ReportDraft
    ) -> Report:
        """With a copy of what the post says now. Raises NotFound, Invalid and Refused."""
        post = self.post(uow, viewer, post_id)
        report = self._add(uow, viewer, "post", post.author_id, draft, post)
        self._keep(uow, report, "post", _said(post))
        return report

    def report_persona(
        self, uow: UnitOfWork, viewer: Viewer, persona: Actor | None, draft: ReportDraft
    ) -> Report:
        """Raises NotFound, Invalid and Refused."""
        found = self.persona(uow, viewer, persona)
        return self._add(uow, viewer, "persona", found.id, draft)

    def report_messages(
        self,
        uow: UnitOfWork,
        viewer: Viewer,
        message_id: int,
        parts: Mapping[int, str],
        draft: ReportDraft,
    ) -> Report:
        """With the parts that were chosen, and nothing else. Raises NotFound, Invalid, Refused."""
        shown = chosen(self.messages(uow, viewer, message_id), parts)
        report = self._add(uow, viewer, "message", shown[0].author_id, draft)
        for one in shown:
            self._keep(uow, report, "message", one)
        return report

    def received(self, uow: UnitOfWork, viewer: Viewer, message_id: int) -> list[Received]:
        """The same, and nothing for what is not there and what is not theirs."""
        return self._evidence.received(uow, message_id, viewer.persona.id)

    def report_together(
        self,
        uow: UnitOfWork,
        viewer: Viewer,
        posts: Sequence[Post],
        said: Sequence[Received],
        draft: ReportDraft,
    ) -> Report:
        """Posts and messages of one person, which the reporter was found to read, in one report;
        at least one of them. Raises Invalid and Refused."""
        first = posts[0] if posts else None
        subject_id = first.author_id if first else said[0].author_id
        kind: ReportKind = "post" if first else "message"
        report = self._add(uow, viewer, kind, subject_id, draft, first)
        for post in posts:
            self._keep(uow, report, "post", _said(post))
        for one in said:
            self._keep(uow, report, "message", one)
        return report

    def _add(
        self,
        uow: UnitOfWork,
        viewer: Viewer,
        kind: ReportKind,
        subject_id: int,
        draft: ReportDraft,
        post: Post | None = None,
    ) -> Report:
        if draft.reason not in REASONS:
            raise Invalid("reason", N_("Choose what comes closest."))
        told = Told(reason=draft.reason, words=words_of(draft.words, "words"))
        self._check_rate(uow, viewer)
        report = Report(
            id=self._new_id(),
            kind=kind,
            reporter_id=viewer.persona.id,
            subject_id=subject_id,
            post_id=post.id if post else None,
            group_id=post.group_id if post and post.audience == "group" else None,
            shows_reporter=draft.shows_reporter,
            created_at=self._now(),
        )
        uow.reports.add(report, told)
        self._quorum.weigh(uow, report)
        return report

    def _check_rate(self, uow: UnitOfWork, viewer: Viewer) -> None:
        personas = uow.accounts.personas_of(viewer.account.id)
        if uow.reports.count_since(personas, self._now() - DAY) >= self._a_day:
            raise Refused(
                N_("You have sent many reports today. The staff will look at them first."),
                "slow-down",
            )

    def _keep(self, uow: UnitOfWork, report: Report, source: Source, said: Received) -> None:
        uow.reports.add_excerpt(
            Excerpt(
                id=self._new_id(),
                report_id=report.id,
                source=source,
                source_id=said.id,
                author_id=said.author_id,
                said_at=said.sent_at,
                text=said.text,
            )
        )


def _said(post: Post) -> Received:
    """The post as it stands, in the words it was written in."""
    parts = (post.title, post.content_warning, post.source or post.content)
    return Received(
        id=post.id,
        author_id=post.author_id,
        sent_at=post.edited_at or post.created_at,
        text="\n\n".join(part for part in parts if part),
    )
