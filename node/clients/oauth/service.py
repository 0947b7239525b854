"""The OAuth server as one object, and where the site keeps it."""

from dataclasses import dataclass

from node.clients.oauth.apps import Apps
from node.clients.oauth.documents import Documents
from node.clients.oauth.granting import Granting
from node.clients.oauth.patience import Patience
from node.ports import Clock, NewId
from node.web.keys import AppKey


@dataclass(frozen=True, slots=True)
class OAuth:
    """Built once by the site."""

    apps: Apps
    granting: Granting
    documents: Documents
    patience: Patience


OAUTH = AppKey("oauth", OAuth)


def open_oauth(now: Clock, new_id: NewId, documents: Documents, *, is_test: bool) -> OAuth:
    """The server on this node's clock and ids."""
    return OAuth(
        apps=Apps(now, new_id),
        granting=Granting(now, new_id),
        documents=documents,
        patience=Patience(now, is_endless=is_test),
    )
