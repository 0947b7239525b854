"""Where pages and doors find what they need of votes in the application."""

from node.voting.service import Voting
from node.web.keys import AppKey

VOTING = AppKey("voting", Voting)
