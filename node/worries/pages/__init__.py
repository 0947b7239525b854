"""The pages of worries: the team's, and two of everybody's."""

from node.web.http import RouteDef, get, post
from node.worries.pages import team, telling, words

__all__ = ["routes"]


def routes() -> list[RouteDef]:
    """All addresses."""
    one = "/moderation/risk/{id}"
    return [
        get("/worried/{id}", telling.show),
        post("/worried/{id}", telling.tell),
        get("/help/for-you", telling.letters),
        get("/moderation/risk", team.show),
        post("/moderation/risk/next", team.take_next),
        get("/moderation/risk/break", team.pause),
        get("/moderation/risk/words", words.show),
        post("/moderation/risk/words", words.save),
        get(one, team.show_one),
        post(one + "/claim", team.claim),
        post(one + "/open", team.look),
        post(one + "/let-go", team.let_go),
        post(one + "/hand-over", team.hand_over),
        post(one + "/settle", team.settle),
    ]
