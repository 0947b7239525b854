"""Sending forms with files, as a browser without scripts does."""

from collections.abc import Mapping

from aiohttp import FormData

from tests.node.web.visitor import Page, Visitor


async def send_files(
    visitor: Visitor,
    path: str,
    fields: Mapping[str, str],
    files: list[tuple[str, bytes]],
    *,
    name: str = "IMG_2041.jpg",
    headers: Mapping[str, str] | None = None,
) -> Page:
    """A posted form: the fields, then the files."""
    form = FormData(default_to_multipart=True)
    for field, value in fields.items():
        form.add_field(field, value)
    for field, body in files:
        form.add_field(field, body, filename=name, content_type="image/jpeg")
    return await send(visitor, path, form, headers or {})


async def send(visitor: Visitor, path: str, body: object, headers: Mapping[str, str]) -> Page:
    """Whatever body, with the headers of a browser."""
    sent = {
        "Accept": "text/html,*/*;q=0.8",
        "Origin": visitor.origin,
        "Sec-Fetch-Site": "same-origin",
        **headers,
    }
    async with visitor.client.post(path, data=body, headers=sent) as answer:
        text = await answer.text()
        visitor.page = Page(answer.status, answer.url.path_qs, answer.headers, text)
        return visitor.page
