"""`toot` at a terminal, as a member uses it: signs in through a real browser, reads a group of
another node, posts there with a warning, replies, reacts, and sends a picture with words for it.
toot 0.52 has no command for reports; that one call is made with the token that it got.
"""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.request import Request, urlopen

import pytest

from tests.interop.consent import allow
from tests.interop.suite_node import SuiteNode, serving
from tests.interop.terminal import on_terminal
from tests.interop.tools import python_tool
from tests.node.media.photos import png

V1: Final = "/api/kith/v1"

pytestmark = pytest.mark.xdist_group("toot-terminal")


@dataclass
class Member:
    """Rowan of the harbour, at a terminal."""

    harbour: SuiteNode
    meadow: SuiteNode
    home: Path
    mara: str
    said: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        return {"HOME": str(self.home), "XDG_CONFIG_HOME": str(self.home), "BROWSER": "true"}

    @property
    def group(self) -> str:
        return f"@sleep@{self.meadow.authority}"

    def command(self, *arguments: str) -> list[str]:
        tool = python_tool("toot", "toot==0.52.1", "pytest==9.2.0", "pexpect==4.9.0")
        return [str(tool / "toot"), *arguments]

    def toot(self, *arguments: str) -> str:
        """What it shows, once it ended well."""
        with on_terminal(self.command(*arguments), self.environment) as terminal:
            return terminal.end()

    def posted(self, *arguments: str) -> str:
        """Posts; the id of the new status."""
        shown = self.toot("post", *arguments)
        assert "Toot posted: " in shown, shown
        return shown.rpartition("Toot posted: ")[2].split()[0].rpartition("/")[2]

    def settle(self) -> None:
        """Waits until what was sent has arrived and been dealt with."""
        for _ in range(3):
            self.harbour.settle()
            self.meadow.settle()


@pytest.fixture(scope="module")
def member(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Member]:
    place = tmp_path_factory.mktemp("two")
    with ExitStack() as stack:
        harbour, meadow = [
            stack.enter_context(serving(place / name)) for name in ("harbour", "meadow")
        ]
        harbour.person("rowan")
        meadow.person("mara")
        meadow.kith("group", "create", "sleep", "--name", "Sleep", "--founder", "mara")
        token = meadow.token("mara")
        [group] = call(meadow, token, "GET", f"{V1}/groups")["groups"]
        words = {"title": "Awake at four", "text": "Who else?"}
        call(meadow, token, "POST", f"{V1}/groups/{group['id']}/threads", words)
        home = place / "home"
        home.mkdir()
        yield Member(harbour, meadow, home, token)


def call(
    node: SuiteNode, token: str, method: str, path: str, body: dict[str, Any] | None = None
) -> Any:
    """JSON of a call with a token."""
    request = Request(
        node.origin + path,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    with urlopen(request) as answered:
        return json.load(answered)


async def test_a_member_signs_in(member: Member) -> None:
    login = member.command("login", "--instance", member.harbour.origin)
    with on_terminal(login, member.environment) as terminal:
        shown = terminal.until("Open link in default browser?")
        [address] = [one for one in shown.split() if "/oauth/authorize" in one]
        terminal.send("n")
        terminal.until("Authorization code")
        terminal.send(await allow(address, "rowan"))
        assert "Successfully logged in" in terminal.end()
    assert "@rowan" in member.toot("whoami")


def test_and_reads_a_group_of_another_node(member: Member) -> None:
    assert "following" in member.toot("follow", member.group)
    member.settle()
    shown = member.toot("timelines", "account", member.group, "--no-pager")
    assert "Awake at four" in shown
    assert "Who else?" in shown
    assert "Awake at four" in member.toot("timelines", "home", "--no-pager")


def test_and_posts_there_with_a_warning(member: Member) -> None:
    words = f"{member.group} Four in the morning again"
    member.said["thread"] = member.posted(words, "--spoiler-text", "No sleep")
    member.settle()
    [group] = call(member.meadow, member.mara, "GET", f"{V1}/groups")["groups"]
    threads = call(member.meadow, member.mara, "GET", f"{V1}/groups/{group['id']}/threads")
    [arrived] = [one for one in threads["threads"] if one["author"]["handle"] == "rowan"]
    assert arrived["content_warning"] == "No sleep"
    assert "Four in the morning" in arrived["title"] + arrived["content"]
    reply = {"text": "Me too, since two."}
    call(member.meadow, member.mara, "POST", f"{V1}/posts/{arrived['id']}/replies", reply)
    member.settle()


def test_and_reads_the_reply_answers_and_reacts(member: Member) -> None:
    shown = member.toot("thread", member.said["thread"])
    assert "Me too, since two." in shown
    context = json.loads(member.toot("thread", member.said["thread"], "--json"))
    [reply] = context["descendants"]
    answer = member.posted("Let us count the birds", "--reply-to", reply["id"])
    assert "favourited" in member.toot("favourite", reply["id"])
    member.settle()
    [group] = call(member.meadow, member.mara, "GET", f"{V1}/groups")["groups"]
    threads = call(member.meadow, member.mara, "GET", f"{V1}/groups/{group['id']}/threads")
    [thread] = [one for one in threads["threads"] if one["author"]["handle"] == "rowan"]
    tree = call(member.meadow, member.mara, "GET", f"{V1}/threads/{thread['id']}")["thread"]
    [theirs] = tree["replies"]
    assert sum(theirs["reactions"].values()) == 1
    assert "count the birds" in theirs["replies"][0]["content"]
    assert json.loads(member.toot("status", answer, "--json"))["in_reply_to_id"] == reply["id"]


def test_and_sends_a_picture_with_words_for_it(member: Member, tmp_path: Path) -> None:
    path = tmp_path / "river.png"
    path.write_bytes(png())
    made = member.posted(
        "The river today", "--media", str(path), "--description", "A river below bare trees"
    )
    status = json.loads(member.toot("status", made, "--json"))
    [picture] = status["media_attachments"]
    assert picture["description"] == "A river below bare trees"
    assert picture["blurhash"]


def test_and_reports(member: Member) -> None:
    config = json.loads(next(member.home.rglob("config.json")).read_text())
    [user] = config["users"].values()
    reply = json.loads(member.toot("thread", member.said["thread"], "--json"))["descendants"][0]
    report = {
        "account_id": reply["account"]["id"],
        "status_ids": [reply["id"]],
        "comment": "This sounds like selling pills.",
        "category": "spam",
    }
    made = call(member.harbour, user["access_token"], "POST", "/api/v1/reports", report)
    assert made["status_ids"] == [reply["id"]]
    assert made["action_taken"] is False
