"""Letting go of what is left of sessions beside their words (`node/retention.py`)."""

from datetime import datetime, timedelta
from typing import Final

from node.listening.rules import ASKED_WORDS
from storage.unit_of_work import UnitOfWork

OFFERS: Final = timedelta(days=180)
"""How long it is known who was asked for whom, so that a no holds."""
ANSWERS: Final = timedelta(days=365)


def forget_traces(uow: UnitOfWork, now: datetime, limit: int) -> int:
    """Drops what people wrote when they asked, who was asked for whom, and what they felt, each
    after its own time. How many rows went."""
    words = uow.listening_sessions.forget_asked(now - ASKED_WORDS)
    offers = uow.listening_pool.prune_offers(now - OFFERS, limit)
    return words + offers + uow.heard_answers.prune(now - ANSWERS, limit)
