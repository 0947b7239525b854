"""The room's use cases, by who does what: staff, those who report, those who are suspended."""

from dataclasses import dataclass

from node.groups.service import Groups
from node.moderation.appealing import Appealing
from node.moderation.deciding import Deciding
from node.moderation.evidence import EvidenceSource
from node.moderation.from_apps import AppReports, Forwarding
from node.moderation.handling import Handling
from node.moderation.limits import Limits
from node.moderation.oversight import Oversight
from node.moderation.quorum import Quorum
from node.moderation.reporting import Reporting
from node.moderation.reveals import Reveals
from node.moderation.staff import Staff
from node.moderation.suspending import Suspending
from node.ports import Clock, NewId
from node.profiles.service import Profiles


@dataclass(frozen=True, slots=True, kw_only=True)
class Moderation:
    """Built once per process by `open_moderation`."""

    staff: Staff
    suspending: Suspending
    reporting: Reporting
    from_apps: AppReports
    handling: Handling
    deciding: Deciding
    appealing: Appealing
    reveals: Reveals
    oversight: Oversight


def open_moderation(
    now: Clock,
    new_id: NewId,
    groups: Groups,
    profiles: Profiles,
    evidence: EvidenceSource,
    limits: Limits,
    forwarding: Forwarding,
) -> Moderation:
    """All of it."""
    quorum = Quorum(now, new_id, limits.quorum)
    reporting = Reporting(now, new_id, evidence, quorum, limits.reports_a_day)
    staff, suspending = Staff(now), Suspending(now, new_id)
    handling = Handling(now, limits.claim_minutes)
    return Moderation(
        staff=staff,
        suspending=suspending,
        reporting=reporting,
        from_apps=AppReports(now, reporting, forwarding),
        handling=handling,
        deciding=Deciding(now, new_id, handling, suspending, quorum, groups, profiles),
        appealing=Appealing(now, new_id),
        reveals=Reveals(now, new_id, limits.reveal_hours),
        oversight=Oversight(staff),
    )
