"""How much is new to somebody, for the menu of every page: one small query, seldom two."""

from node.messages.rules import is_here
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork

REQUESTS_SHOWN = 100


def count_news(uow: UnitOfWork, persona: Actor) -> int:
    """In how many conversations something is new, and how many requests wait for an answer."""
    news = uow.conversations.count_news(persona.id)
    waiting = uow.message_requests.count_open(persona.id)
    if not waiting:
        return news
    hidden = uow.blocks.hides(persona.id)
    asked = uow.message_requests.open_to(persona.id, REQUESTS_SHOWN)
    return news + sum(is_here(asker) and asker.id not in hidden for _, asker in asked)
