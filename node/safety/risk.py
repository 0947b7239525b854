"""Signs that somebody may not be safe: noticed here, looked at by people (`risk_queue.py`).

Where they come from: the author's own tick, word rules, a member who worries, a moderator. Rooms
that keep posts call `look` for each that is written or changed. The author is shown help
(`found_in` before it is sent); nobody else learns of it but the team.
"""

from collections.abc import Callable
from dataclasses import replace
from html import unescape
from re import sub

from node.errors import NotFound, Refused
from node.i18n import N_
from node.ports import Clock, NewId
from node.safety import risk_rules as rules
from node.safety.holding import Holding
from node.safety.word_rules import WordRule
from node.safety.words import Words
from storage.actors import Actor
from storage.posts import Post
from storage.risk_signals import Hit, HitSource, RiskSignal, Signs
from storage.unit_of_work import UnitOfWork

Alert = Callable[[UnitOfWork, RiskSignal], None]
"""Tells the team that something waits, and not what or about whom."""


class Risk:
    """Use cases of noticing."""

    def __init__(
        self, now: Clock, new_id: NewId, words: Words, holding: Holding, alert: Alert
    ) -> None:
        self._now = now
        self._new_id = new_id
        self.words = words
        self.holding = holding
        self._alert = alert

    def look(self, uow: UnitOfWork, post: Post, *, unsafe: bool = False) -> bool:
        """A post was stored, or its words were changed. `unsafe`: its author ticked that they are
        not safe. Whether people shall look at it now."""
        if post.audience == "self":
            return False  # nobody is asked to look at what is nobody's business
        now, found = self._now(), self.found_in(uow, words_of(post) + _hung(uow, post.id))
        hits = [
            Hit(source="words", severity=rule.severity, at=now, rule=rule.name) for rule in found
        ]
        if any(rule.folds for rule in found):
            uow.quorum.fold(post.id, now)
        elif post.edited_at is not None and uow.quorum.folded([post.id]):
            # Other words do not unfold it by themselves: a person looks at these.
            hits.append(Hit(source="words", severity=1, at=now, rule=rules.CHANGED))
        if unsafe:
            hits.append(Hit(source="author", severity=rules.AUTHOR_SEVERITY, at=now))
        for hit in hits:
            self._note(uow, post, hit)
        return bool(hits)

    def found_in(self, uow: UnitOfWork, text: str) -> list[WordRule]:
        """The rules that speak up about a text, before anything is kept of it."""
        return self.words.found_in(uow, text)

    def worry(self, uow: UnitOfWork, post: Post, by: Actor, words: str) -> None:
        """A member is worried about whoever wrote the post; nobody but the team learns that. The
        caller has seen to it that they may read the post. Raises Refused for one's own, Invalid."""
        if post.author_id == by.id:
            raise Refused(N_("If it is you who needs help, there is a page for it."), "own-post")
        self._tell(uow, post, by, "member", rules.MEMBER_SEVERITY, words)

    def flag(self, uow: UnitOfWork, post: Post, by: Actor, words: str) -> None:
        """A moderator wants the team to look. The caller has seen to it that it is one."""
        self._tell(uow, post, by, "moderator", rules.MODERATOR_SEVERITY, words)

    def _tell(
        self,
        uow: UnitOfWork,
        post: Post,
        by: Actor,
        source: HitSource,
        severity: int,
        words: str,
    ) -> None:
        if post.deleted_at is not None:
            raise NotFound
        said = rules.words_of(words, rules.WORDS_MOST, "words")
        hit = Hit(source=source, severity=severity, at=self._now(), words=said, by=by.id)
        self._note(uow, post, hit)

    def _note(self, uow: UnitOfWork, post: Post, hit: Hit) -> None:
        before = uow.risk_signals.unsettled(post.id)
        signal = before or self._new(uow, post)
        if rules.is_known(signal.signs.hits, hit):
            return
        hits = (*signal.signs.hits, hit)
        if len(hits) <= rules.HITS_MOST:
            signs = Signs(hits=hits, note=signal.signs.note, outcome=signal.signs.outcome)
            uow.risk_signals.put(replace(signal, signs=signs))
        self.holding.happen(uow, post.id, "flag")
        if before is None:
            self._alert(uow, signal)

    def _new(self, uow: UnitOfWork, post: Post) -> RiskSignal:
        in_group = post.audience == "group"
        return RiskSignal(
            id=self._new_id(),
            post_id=post.id,
            author_id=post.author_id,
            group_id=post.group_id if in_group else None,
            state="open",
            signs=Signs(hits=()),
            created_at=self._now(),
        )


def _hung(uow: UnitOfWork, post_id: int) -> str:
    """What the pictures and the poll of a post say."""
    alts = [one.alt for one in uow.post_media.of_posts([post_id]).get(post_id, [])]
    poll = uow.polls.of_posts([post_id]).get(post_id)
    options = poll.options if poll is not None else ()
    return "".join(f" \n{words}" for words in (*alts, *options))


def words_of(post: Post) -> str:
    """Everything that a post says, as plain text."""
    said = post.source if post.source is not None else unescape(sub("<[^>]*>", " ", post.content))
    return " ".join(part for part in (post.title, post.content_warning, said) if part)
