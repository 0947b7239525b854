"""Short sentences that a page shows once after something was done.

An address names one by its key, so that nobody can put words of their own on our pages.
"""

from node.i18n import N_

NOTES = {
    "welcome": N_("Welcome. Have a look round; nobody expects you to write."),
    "signed-in": N_("You are signed in."),
    "signed-out": N_("You are signed out."),
    "news-read": N_("All of it is marked as seen."),
    "saved": N_("Saved."),
    "password": N_("Your password is changed. You are signed out everywhere else."),
    "persona-made": N_("Your new persona is there, and you act as it now."),
    "persona-switched": N_("The name at the top of the page says as whom you act now."),
    "persona-retired": N_("That persona is retired."),
    "session-ended": N_("That place is signed out."),
    "stayed": N_("You stay. Everything is as it was."),
    "stopped": N_("Your account stands still. You can agree again, take your data, or leave."),
    "not-shared": N_("Nothing new is copied from this group. What was copied is still there."),
    "joined": N_("You are a member of this group now."),
    "asked": N_("We asked the group’s node to let you in. This page shows when it answers."),
    "left": N_("You left this group."),
    "group-made": N_("The group is there. Invite people by sharing its address."),
    "posted": N_("Your post is there."),
    "posted-unnamed": N_("Your post is there, and nobody is shown that it is yours."),
    "edited": N_("Your change is saved."),
    "deleted": N_("Your post is deleted."),
    "blocked": N_("That person is blocked. Nobody is told."),
    "unblocked": N_("The block is lifted."),
    "removed": N_("The post is removed. Its author can read your reason."),
    "restored": N_("The post is back."),
    "locked": N_("The thread is locked."),
    "unlocked": N_("The thread is open again."),
    "pinned": N_("The thread is pinned."),
    "unpinned": N_("The thread is no longer pinned."),
    "reported": N_("Thank you. The staff will look at it, and nobody else learns of it."),
    "no-report": N_("Nothing waits for you. Thank you for looking."),
    "claimed": N_("This report is yours for now. Nobody else works on it."),
    "decided": N_("The report is decided."),
    "suspended": N_("The suspension holds from now on."),
    "unsuspended": N_("The suspension is lifted."),
    "role-given": N_("The role is given."),
    "reveal-asked": N_("A second person has to confirm it now."),
    "reveal-confirmed": N_("You confirmed it. Only the safety lead who asked will see the answer."),
    "reveal-declined": N_("You declined it. Nothing will be shown."),
}
