"""The addresses of the shell. Rooms list theirs beside their pages; `node/app.py` adds them up."""

from node.web.assets import Assets
from node.web.http import RouteDef, get
from node.web.places import more_page


def html_routes(assets: Assets) -> list[RouteDef]:
    """Static files and the pages that belong to no room."""
    return [
        get("/static/{name}", assets.serve),
        get("/more", more_page),
    ]
