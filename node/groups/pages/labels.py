"""What reactions and wishes are called on pages."""

from node.i18n import N_

REACTIONS = (
    ("hear-you", N_("I hear you")),
    ("me-too", N_("Me too")),
    ("strength", N_("Sending strength")),
    ("thank-you", N_("Thank you")),
    ("proud", N_("Proud of you")),
)
REPLIES_WANTED = {
    "just-listening": N_("Just listening, please"),
    "similar-experience": N_("Who has been there?"),
    "ideas": N_("Ideas are welcome"),
    "celebrate": N_("Celebrate with me"),
}
