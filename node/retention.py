"""How long what is kept, in one place: `RETENTION` is what docs/operating.md shows, what a test
compares with it, and what `node/housekeeping.py` carries out, rule by rule.

A room that holds something for a while adds a line: what it is, how long, and the function of its
own that lets go of a bounded number of rows. What is not listed stays until its owner deletes it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from node.config import Config
from node.listening.keeping import forget_traces
from node.messages.keeping import forget_messages
from storage.unit_of_work import UnitOfWork

Forget = Callable[[UnitOfWork, datetime, int], int]
"""(open transaction, drop what is older than this, at most so many) to how many were dropped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One kind of thing and how long it stays.

    `kept` is a fixed time, the name of a setting that counts days, or, in words, what each row says
    by itself; then `forget` is handed the time now.
    """

    what: str
    kept: timedelta | str
    forget: Forget

    def before(self, config: Config, now: datetime) -> datetime:
        """Rows older than this go."""
        if isinstance(self.kept, timedelta):
            return now - self.kept
        days = getattr(config, self.kept, None)
        return now if days is None else now - timedelta(days=days)

    def how_long(self) -> str:
        """As docs/operating.md says it."""
        if isinstance(self.kept, timedelta):
            return "1 day" if self.kept.days == 1 else f"{self.kept.days} days"
        return f"`{self.kept}`" if hasattr(Config, self.kept) else self.kept


RETENTION: Final = (
    Rule(
        what="Pictures that were uploaded and never sent",
        kept=timedelta(days=1),
        forget=lambda uow, before, limit: uow.attachments.prune_waiting(before, limit),
    ),
    Rule(
        what="Pictures that were uploaded for a post that never came",
        kept="1 day after the upload, or after the time for which the post was planned",
        forget=lambda uow, now, limit: uow.post_media.prune_waiting(now, limit),
    ),
    Rule(
        what="The words in a report",
        kept="evidence_days",
        forget=lambda uow, before, limit: uow.reports.forget(before, limit, decided=False),
    ),
    Rule(
        what="The words in a report, once it is decided",
        kept="decided_evidence_days",
        forget=lambda uow, before, limit: uow.reports.forget(before, limit, decided=True),
    ),
    Rule(
        what="The log of what staff did",
        kept="audit_days",
        forget=lambda uow, before, limit: uow.audit.forget(before, limit),
    ),
    Rule(
        what="What other nodes sent, once it is dealt with",
        kept=timedelta(days=35),
        forget=lambda uow, before, limit: uow.receipts.prune(before, limit),
    ),
    Rule(
        what="How deliveries to other nodes went",
        kept=timedelta(days=35),
        forget=lambda uow, before, limit: uow.deliveries.prune(before, limit),
    ),
    Rule(
        what="Edits, reactions and acts of moderators as they were sent",
        kept=timedelta(days=90),
        forget=lambda uow, before, limit: uow.activities.prune(before, limit),
    ),
    Rule(
        what="Which acts of an app were done, where no other node was told",
        kept=timedelta(days=90),
        forget=lambda uow, before, limit: uow.client_acts.prune(before, limit),
    ),
    Rule(
        what="Addresses of what was deleted, so that it does not come back",
        kept=timedelta(days=180),
        forget=lambda uow, before, limit: uow.graves.prune(before, limit),
    ),
    Rule(
        what="News of answers and reactions",
        kept=timedelta(days=90),
        forget=lambda uow, before, limit: uow.notifications.prune(before, limit),
    ),
    Rule(
        what="Which threads somebody did not want to meet among those that wait for a reply",
        kept="reply_days",
        forget=lambda uow, before, limit: uow.helping.prune_skipped(before, limit),
    ),
    Rule(
        what="Mutes that have ended",
        kept=timedelta(days=1),
        forget=lambda uow, before, limit: uow.mutes.prune(before, limit),
    ),
    Rule(
        what="News that waits to be told to devices",
        kept=timedelta(days=1),
        forget=lambda uow, before, limit: uow.push.prune(before, limit),
    ),
    Rule(
        what="Where devices are told of news, once their app was signed out",
        kept="an hour",
        forget=lambda uow, _now, limit: uow.push.drop_dead(limit),
    ),
    Rule(
        what="By what an app knows that it sent a post already",
        kept=timedelta(days=1),
        forget=lambda uow, before, limit: uow.sent_keys.prune(before, limit),
    ),
    Rule(
        what="Posts for later that could not be posted",
        kept=timedelta(days=30),
        forget=lambda uow, before, limit: uow.scheduled.prune(before, limit),
    ),
    Rule(
        what="Background work that is done",
        kept=timedelta(days=35),
        forget=lambda uow, before, limit: uow.jobs.prune(before, limit),
    ),
    Rule(
        what="Sessions that were not used",
        kept=timedelta(days=14),
        forget=lambda uow, before, limit: uow.sessions.delete_idle(before, limit),
    ),
    Rule(
        what="Sessions, used or not",
        kept="until they end",
        forget=lambda uow, now, _limit: uow.sessions.delete_expired(now),
    ),
    Rule(
        what="Copies of their data that people asked for",
        kept="`copy_days`",
        forget=lambda uow, now, limit: uow.exports.prune(now, limit),
    ),
    Rule(
        what="What other nodes answered when somebody left",
        kept="`receipt_days` after the end",
        forget=lambda uow, now, limit: uow.deletions.prune(now, limit),
    ),
    Rule(
        what="Keys of personas that are gone, with which other nodes are told",
        kept=timedelta(days=35),
        forget=lambda uow, before, limit: uow.erasure.forget_keys(before, limit),
    ),
    Rule(
        what="Links that work once",
        kept="until they end",
        forget=lambda uow, now, limit: uow.accounts.links_prune(now, limit),
    ),
    Rule(
        what="Tokens of programs that were taken back or have ended",
        kept=timedelta(days=35),
        forget=lambda uow, before, limit: uow.tokens.prune_revoked(before, limit),
    ),
    Rule(
        what="Codes by which a program fetches its first token",
        kept=timedelta(days=1),
        forget=lambda uow, before, limit: uow.app_grants.prune_codes(before, limit),
    ),
    Rule(
        what="Tokens by which a program gets a new one",
        kept="until they end",
        forget=lambda uow, now, limit: uow.app_grants.prune_refresh(now, limit),
    ),
    Rule(
        what="What was granted to a program, once it is taken back",
        kept=timedelta(days=35),
        forget=lambda uow, before, limit: uow.app_grants.prune(before, limit),
    ),
    Rule(
        what="Programs that registered and that nobody lets in",
        kept=timedelta(days=30),
        forget=lambda uow, before, limit: uow.client_apps.prune_unused(before, limit),
    ),
    Rule(
        what="Private messages",
        kept="as each person chose, else `message_keep_days`",
        forget=forget_messages,
    ),
    Rule(
        what="Listening sessions after their end, but while they are reported",
        kept="listening_text_days",
        forget=lambda uow, before, limit: uow.listening_sessions.prune(before, limit),
    ),
    Rule(
        what="What people wrote when they asked to be heard, who was asked, and who felt heard",
        kept="24 hours after it began or ended, 180 days, and 365 days",
        forget=forget_traces,
    ),
    Rule(
        what="Requests to write to somebody",
        kept="message_request_days",
        forget=lambda uow, before, limit: uow.message_requests.prune(before, limit),
    ),
    Rule(
        what="Drafts of private messages that were not touched",
        kept=timedelta(days=180),
        forget=lambda uow, before, limit: uow.message_choices.prune_drafts(before, limit),
    ),
    Rule(
        what="Pairs of buddies that have ended",
        kept=timedelta(days=35),
        forget=lambda uow, before, limit: uow.buddies.prune(before, limit),
    ),
    Rule(
        what="Whom a person told of a hard moment, and unused codes for buddies",
        kept=timedelta(days=1),
        forget=lambda uow, before, limit: uow.buddy_moments.prune(before, limit),
    ),
    Rule(
        what="Answers of people who asked to join a group, once it is decided",
        kept="application_days",
        forget=lambda uow, before, limit: uow.applications.erase_words(before, limit),
    ),
    Rule(
        what="Tips and corrections for the directory that nobody looked at",
        kept=timedelta(days=90),
        forget=lambda uow, before, limit: uow.directory_suggestions.prune(before, limit),
    ),
    Rule(
        what="Circles that have closed, with all that was said in them",
        kept="`circle_readable_days`, then the worker of circles erases them",
        forget=lambda _uow, _now, _limit: 0,
    ),
    Rule(
        what="Links into circles that have ended",
        kept=timedelta(days=1),
        forget=lambda uow, before, limit: uow.circle_doors.prune_codes(before, limit),
    ),
    Rule(
        what="Links into groups that have ended",
        kept=timedelta(days=30),
        forget=lambda uow, before, limit: uow.invitations.prune(before, limit),
    ),
    Rule(
        what="Drafts of stories that were not touched",
        kept=timedelta(days=730),
        forget=lambda uow, before, limit: uow.stories.prune(before, limit),
    ),
    Rule(
        what="Which weeks a weekly thread was posted in",
        kept=timedelta(days=60),
        forget=lambda uow, before, limit: uow.weekly.prune(before, limit),
    ),
    Rule(
        what="Times at which people answered together (who came goes at their end)",
        kept=timedelta(days=30),
        forget=lambda uow, before, limit: uow.reply_sessions.prune(before, limit),
    ),
    Rule(
        what="Signs that somebody may not be safe",
        kept="hit_days",
        forget=lambda uow, before, limit: uow.risk_signals.prune(before, limit),
    ),
    Rule(
        what="What moderators wrote to somebody they worried about",
        kept="hit_days",
        forget=lambda uow, before, limit: uow.risk_notes.prune(before, limit),
    ),
)
