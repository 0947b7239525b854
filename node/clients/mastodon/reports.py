"""Telling the staff of this node.

POST /api/v1/reports (account_id, status_ids[], comment, category, rule_ids[], forward)
"""

from typing import Final

from aiohttp import web

from node.clients.answers import Response, answer, moment
from node.clients.call import Call
from node.clients.doors import door
from node.clients.mastodon.entities.talking import Report
from node.clients.mastodon.people import former_member
from node.clients.mastodon.shown import Site, show_accounts, site_of
from node.moderation.from_apps import AppReport, Reported
from node.moderation.keys import MODERATION
from node.viewer import Viewer
from storage.unit_of_work import UnitOfWork

RULES_MOST: Final = 20


def routes() -> list[web.RouteDef]:
    """It needs a person's token."""
    return [door("POST", "/api/v1/reports", report, scope="write:reports", who="user")]


async def report(call: Call) -> Response:
    """POST /api/v1/reports. `forward` asks the node of the account to look too: it is told of the
    account and of its public posts, and neither what was written here nor by whom."""
    params, reports, site = call.params, call.app[MODERATION].from_apps, site_of(call.app)
    viewer = Viewer(account=call.account, persona=call.persona, via="token")
    rules = tuple(params.many("rule_ids")[:RULES_MOST])
    category = params.text("category") or ("violation" if rules else "other")
    draft = AppReport(
        subject_id=params.maybe_id("account_id") or 0,
        status_ids=tuple(params.ids("status_ids")),
        words=params.text("comment") or "",
        category=category,
        rules=rules,
        forward=params.flag("forward"),
    )

    def act(uow: UnitOfWork) -> Report:
        return _shown(uow, reports.report(uow, viewer, draft), draft, viewer, site)

    return answer(await call.db.write(act))


def _shown(uow: UnitOfWork, made: Reported, draft: AppReport, viewer: Viewer, site: Site) -> Report:
    target = show_accounts(uow, [draft.subject_id], viewer.persona, site).get(draft.subject_id)
    return Report(
        id=str(made.report.id),
        action_taken=False,
        action_taken_at=None,
        category=draft.category,
        comment=draft.words,
        forwarded=made.forwarded,
        created_at=moment(made.report.created_at),
        status_ids=[str(number) for number in made.status_ids] or None,
        rule_ids=list(draft.rules) or None,
        target_account=target or former_member(site),
    )
