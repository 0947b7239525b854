"""What people are asked to agree to, in the words that they were shown, version by version. Pure.

Words that were shown stay here for as long as somebody's consent rests on them. When they change
in substance, a version is added, and everyone is asked again.
"""

from dataclasses import dataclass
from typing import Final, Literal

from node.i18n import N_
from storage.accounts import Account

HEALTH_DATA: Final = "health-data"
FEDERATION: Final = "federation"
APPS: Final = "federation-by-apps"
STORY: Final = "story"


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """One thing to agree to. `texts` are paragraphs by version; `tick` stands beside the box."""

    name: str
    title: str
    tick: str
    version: str
    texts: dict[str, tuple[str, ...]]

    @property
    def words(self) -> tuple[str, ...]:
        """The paragraphs that are shown now."""
        return self.texts[self.version]


_PURPOSES: Final = (
    Purpose(
        name=HEALTH_DATA,
        title=N_("Taking part"),
        tick=N_("I agree that this node keeps and uses what I write here and which groups I join."),
        version="2026-11",
        texts={
            "2026-11": (
                N_(
                    "To belong to a group here can say something about your health. Such data are "
                    "protected, so nothing is kept before you have agreed."
                ),
                N_(
                    "Private messages and private groups stay on this node. They are never sent to "
                    "other nodes, and they are encrypted on the disk and in backups."
                ),
                N_(
                    "This is not end-to-end encryption: the people who run this node could read "
                    "them if they tried. When something is reported, each look at it is recorded."
                ),
                N_(
                    "Anyone can read what you write in public groups. It is copied to other nodes "
                    "only if you agree to that separately. There, deleting is something we can ask "
                    "for but cannot enforce."
                ),
                N_(
                    "You can take this back in your settings at any time. Then your account stops, "
                    "and you can take your data with you and have the rest deleted."
                ),
            ),
        },
    ),
    Purpose(
        name=FEDERATION,
        title=N_("Copies on other nodes"),
        tick=N_("I agree that what I write in this group is copied to other nodes."),
        version="2026-11",
        texts={
            "2026-11": (
                N_(
                    "This group is public. What you write in it can be read by everyone and is "
                    "copied to other nodes, run by other people."
                ),
                N_(
                    "You can delete it later. The other nodes are then asked to do the same, and "
                    "you can see what they answered, but nobody can force them."
                ),
            ),
        },
    ),
    Purpose(
        name=APPS,
        title=N_("Copies of what apps write"),
        tick=N_("I agree that what apps write for me in public is copied to other nodes."),
        version="2026-11",
        texts={
            "2026-11": (
                N_(
                    "An app cannot ask you in each group, so you are asked here, once for this "
                    "persona. What apps write for you in public groups and on your page can be "
                    "read by everyone and is copied to other nodes, run by other people."
                ),
                N_(
                    "Private messages, and groups that are private or only for this node, are "
                    "never copied."
                ),
                N_(
                    "You can delete it later. The other nodes are then asked to do the same, and "
                    "you can see what they answered, but nobody can force them. When you take this "
                    "back, apps that can write are signed out."
                ),
            ),
        },
    ),
    Purpose(
        name=STORY,
        title=N_("A story of yours"),
        tick=N_("I agree that this story is told here, as it stands above."),
        version="2026-11",
        texts={
            "2026-11": (
                N_(
                    "In a public group everyone can read your story, also without an account, and "
                    "it is copied to other nodes, run by other people. In a group of this node "
                    "only people with an account here read it; in a private group only its members."
                ),
                N_(
                    "The people who look after the group may put it into a collection of stories, "
                    "with a line about why."
                ),
                N_(
                    "You can change it, and you can take it back at any time, without a reason. "
                    "Then it is deleted here and leaves every collection, and the nodes that have "
                    "a copy are asked to delete it too. You see what each of them answered."
                ),
                N_(
                    "Taking it back can not reach what somebody printed, copied or remembers, nor "
                    "a node that does not do what it is asked."
                ),
            ),
        },
    ),
)
PURPOSES: Final = {one.name: one for one in _PURPOSES}

Held = Literal["leaving", "consent"]


def held(account: Account) -> Held | None:
    """Why an account stands still: it is about to end, or has not agreed to taking part. Then only
    help, consents, the export, leaving and signing out are open to it."""
    if account.leaving_at is not None:
        return "leaving"
    if account.agreed != PURPOSES[HEALTH_DATA].version:
        return "consent"
    return None
