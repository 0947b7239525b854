"""The pages of the shell itself: help in an emergency."""

from node.web.http import Request, Response
from node.web.page import page


async def help_page(request: Request) -> Response:
    """GET /help: open to everybody, signed in or not, suspended or not."""
    return page(request, "web/help.html")
