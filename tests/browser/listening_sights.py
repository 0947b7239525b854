"""Every page of listening and of its training: full, empty, with something that is not right."""

from tests.browser.sights import Sight, at, refused, unfolded

_ONE, _ASK, _OFFER = "/listening/{id}", "/listening/ask", "/listening/offer"
_CALL, _ALL = "/listening/{id}/moderator", "/moderation/listening"
_COURSE, _UNIT, _TOPIC = "/training", "/training/{unit}", "/training/topics/{topic}"
_TALK, _SLEEP = "/listening/{heard_talk}", "/training/topics/sleep"

LISTENING_SIGHTS = (
    Sight("listening-empty", "/listening", at("/listening"), "june"),
    Sight("listening", "/listening", at("/listening?note=listening-on"), "tobias"),
    Sight("listening-before", "/listening", at("/listening"), "fern"),
    Sight("listening-ask", _ASK, at(_ASK), "tobias"),
    Sight("listening-ask-wrong", _ASK, refused(_ASK, "Ask", "More, if you like", words="x"), "ash"),
    Sight("listening-wait", _ONE, at("/listening/{heard_wait}"), "june", scripts=1),
    Sight("listening-being-asked", _ONE, at("/listening/{heard_asked}"), "mara", scripts=1),
    Sight("listening-asked", _ONE, at("/listening/{heard_asked}"), "tobias", scripts=1),
    Sight("listening-yes", _ONE, at("/listening/{heard_yes}"), "ines", scripts=1),
    Sight("listening-said-yes", _ONE, at("/listening/{heard_yes}"), "rowan", scripts=1),
    Sight("listening-talk", _ONE, at(_TALK), "fern", scripts=1),
    Sight("listening-talk-open", _ONE, unfolded(_TALK, "What holds for both"), "ash", scripts=1),
    Sight("listening-talk-wrong", _ONE, refused(_TALK, "Send", text=" "), "fern", scripts=1),
    Sight("listening-paused", _ONE, at("/listening/{heard_paused}"), "rowan", scripts=1),
    Sight("listening-after", _ONE, at("/listening/{heard_ended}"), "ash", scripts=1),
    Sight("listening-after-helper", _ONE, at("/listening/{heard_ended}"), "fern", scripts=1),
    Sight("listening-over", _ONE, at("/listening/{heard_over}"), "tobias"),
    Sight("listening-moderator", _CALL, at(f"{_TALK}/moderator"), "fern"),
    Sight("listening-offer", _OFFER, at(_OFFER), "tobias"),
    Sight("listening-offer-first", _OFFER, at(_OFFER), "june"),
    Sight("listening-offer-wrong", _OFFER, refused(_OFFER, "Save"), "june"),
    Sight("listening-overview-empty", _ALL, at(_ALL), "rowan"),
    Sight("training-empty", _COURSE, at(_COURSE), "june"),
    Sight("training", _COURSE, at(f"{_COURSE}?note=badge"), "tobias"),
    Sight("training-unit", _UNIT, at(f"{_COURSE}/listening"), "june"),
    Sight("training-unit-tried", _UNIT, at(f"{_COURSE}/listening"), "tobias"),
    Sight(
        "training-unit-wrong",
        _UNIT,
        refused(f"{_COURSE}/boundaries", "Keep it, and compare", reply=" "),
        "june",
    ),
    Sight("training-topic", _TOPIC, at(_SLEEP), "june"),
    Sight("training-topic-open", _TOPIC, at(_SLEEP), "tobias"),
    Sight("persona-with-badges", "/personas/{handle}", at("/personas/tobias"), "fern"),
)
