"""What an operator can set about reports and staff. `node.config` adds it to all the rest."""

from dataclasses import dataclass

from node.config_values import read_count, read_hours, setting


# No slots: of two such parts of one configuration only one may have them.
@dataclass(frozen=True, kw_only=True)
class ModerationSettings:
    """Limits of reports and of the staff, and how long what they wrote stays."""

    reports_a_day: int = setting(
        20,
        read_count(1, 1000),
        "How many reports one account may send in 24 hours.",
    )
    claim_minutes: int = setting(
        15,
        read_count(1, 1440),
        "For how many minutes a report belongs to the one of the staff who took it on.",
    )
    quorum_post: int = setting(
        3,
        read_count(0, 100),
        "How many established members must report one post so that it is folded away until "
        "somebody of the staff has looked. 0 means never.",
    )
    quorum_person: int = setting(
        5,
        read_count(0, 100),
        "How many established members must report one person so that their writing waits until "
        "somebody of the staff has looked. 0 means never.",
    )
    staffed_hours: str = setting(
        "",
        read_hours,
        "Between which hours somebody of the staff is there, such as 08:00-22:00, in time_zone. "
        "Reports by several members fold nothing away then. Empty means that nobody always is.",
    )
    reveal_hours: int = setting(
        72,
        read_count(1, 720),
        "Within how many hours a second person must confirm a request for the links of a persona, "
        "and for how many hours it can be looked at afterwards.",
    )
    evidence_days: int = setting(
        365,
        read_count(30, 3650),
        "After how many days the words in a report are destroyed, decided or not.",
    )
    decided_evidence_days: int = setting(
        30,
        read_count(1, 3650),
        "How many days after its decision the words in a report are destroyed.",
    )
    audit_days: int = setting(
        730,
        read_count(90, 3650),
        "For how many days the log of what staff did is kept.",
    )
