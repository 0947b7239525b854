"""What reasons, kinds, outcomes and acts are called on pages."""

from node.i18n import N_

REASONS = (
    (
        "danger",
        N_("Somebody may come to harm"),
        N_("If it is urgent, call an emergency number first."),
    ),
    ("threat", N_("Threats or blackmail"), ""),
    ("harassment", N_("Insults, pressure, not leaving somebody alone"), ""),
    ("sexual", N_("Sexual words or pictures that nobody asked for"), ""),
    ("contact", N_("Asking for money, photos, age or a meeting"), ""),
    ("hate", N_("Hate against a person or a group of people"), ""),
    ("advice", N_("Dangerous advice, methods of self-harm"), ""),
    ("spam", N_("Advertising or spam"), ""),
    ("other", N_("Something else"), ""),
)
REASON = {value: label for value, label, _ in REASONS} | {"appeal": N_("An appeal")}
KINDS = {
    "message": N_("Private message"),
    "post": N_("Post"),
    "persona": N_("Person"),
    "appeal": N_("Appeal"),
}
OUTCOMES = {
    "dismiss": (N_("Nothing needs to change"), N_("Nobody is told.")),
    "remove-post": (
        N_("Remove the post"),
        N_("The author is told your reasons; readers of the thread see them, too."),
    ),
    "suspend-persona": (
        N_("Suspend this persona"),
        N_("It can do nothing here from now on, and is told your reasons."),
    ),
    "suspend-account": (
        N_("Suspend all that this person does here"),
        N_("They are signed out at once and cannot sign in. They can read help, and appeal."),
    ),
    "restore": (N_("Lift the suspension"), N_("They are told your reasons.")),
    "keep": (N_("The suspension stays"), N_("They are told your reasons.")),
}
DECIDED = {
    "dismiss": N_("The staff looked at it and changed nothing."),
    "remove-post": N_("The staff removed the post."),
    "suspend-persona": N_("The staff did something about it."),
    "suspend-account": N_("The staff did something about it."),
    "restore": N_("The suspension is lifted."),
    "keep": N_("The suspension stays."),
}
TOLD = {
    "post-removed": N_("A post of yours was removed"),
    "persona-suspended": N_("This persona was suspended"),
    "account-suspended": N_("Your account was suspended"),
    "restored": N_("A suspension was lifted"),
    "was-folded": N_(
        "Members reported what you wrote, and it waited until somebody had looked. "
        "Nothing was wrong with it. We are sorry"
    ),
    "appeal-refused": N_("Your appeal was read, and the suspension stays"),
}
ROLES = (
    ("member", N_("Member"), N_("No part in looking after the node.")),
    ("moderator", N_("Moderator"), N_("Works on reports and suspends personas.")),
    (
        "safety_lead",
        N_("Safety lead"),
        N_("Also suspends accounts, reads the log, and may ask for a link of personas."),
    ),
    ("administrator", N_("Administrator"), N_("Runs the node and gives roles.")),
)
ROLE = {value: label for value, label, _ in ROLES}
ACTS = {
    "role": N_("Gave a role"),
    "suspend": N_("Suspended"),
    "restore": N_("Lifted a suspension"),
    "report-seen": N_("Looked at a report"),
    "report-decided": N_("Decided a report"),
    "post-veiled": N_("Several members reported a post: folded away until somebody looks"),
    "persona-paused": N_("Several members reported a persona: its writing waits"),
    "peer-allow": N_("Took a node into the circle"),
    "peer-block": N_("Blocked a node"),
    "reveal-asked": N_("Asked for links of a persona"),
    "reveal-confirmed": N_("Confirmed a request for links"),
    "reveal-declined": N_("Declined a request for links"),
    "reveal-seen": N_("Looked at links of a persona"),
}
