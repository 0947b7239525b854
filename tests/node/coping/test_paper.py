"""What is printed: a whole card, in dark ink, also where the screen folds it."""

import re
from importlib.resources import files

from tests.node.coping.cards import published
from tests.node.web.house import WebHouse

ON_PAPER = re.compile(r'<div class="on-paper">(.*?)</div>\s*</div>', re.DOTALL)


async def test_a_card_with_a_warning_is_printed_with_its_words(house: WebHouse) -> None:
    ann = await house.member("ann")
    address = f"https://leaflet.example/{'a' * 70}"
    card = await published(
        ann,
        await house.group("grief", ann),
        content_warning="A hospital",
        basis="source",
        source="A leaflet",
        source_url=address,
    )
    page = (await ann.get(card)).text
    folded, _, rest = page.partition("</details>")
    # A browser prints of a folded part its summary alone.
    assert 'class="warning no-print"' in folded
    [paper] = ON_PAPER.findall(rest)
    assert "A hospital" in paper
    assert "Name five things." in paper
    assert f'<span class="on-paper">{address}</span>' in rest
    await ann.submit(f"{card}/save", at=card)
    assert "Name five things." in (await ann.get("/toolkit")).text


def test_paper_is_never_dark() -> None:
    """A dark theme is for screens: browsers leave the background out and print pale words."""
    styles = files("node.web").joinpath("static")
    for one in styles.iterdir():
        if one.name.endswith(".css"):
            for media in re.findall(r"@media ([^{]+)\{", one.read_text("utf-8")):
                assert "dark" not in media or media.startswith("screen"), one.name
