"""NodeInfo 2.1 and the link to the Application actor (FEP-2677)."""

from typing import Any

import pytest

from activitypub import nodeinfo
from activitypub.nodeinfo import NodeInfo, NodeInfoLinks, Usage

HOME = "https://kith.example"


def test_links_are_written_and_read() -> None:
    links = nodeinfo.render_links(HOME, f"{HOME}/actor")
    first = links["links"][0]  # type: ignore[index]
    assert first == {"rel": nodeinfo.SCHEMA + "2.1", "href": f"{HOME}/nodeinfo/2.1"}
    assert nodeinfo.parse_links(links) == NodeInfoLinks(
        nodeinfo=f"{HOME}/nodeinfo/2.1", application=f"{HOME}/actor"
    )


def test_the_newest_version_is_chosen() -> None:
    links = [
        {"rel": nodeinfo.SCHEMA + version, "href": f"{HOME}/{version}"}
        for version in ("2.0", "2.1", "1.0", "9.9")
    ]
    assert nodeinfo.parse_links({"links": links}).nodeinfo == f"{HOME}/2.1"
    assert nodeinfo.parse_links({"links": links[:1]}).nodeinfo == f"{HOME}/2.0"
    assert nodeinfo.parse_links({"links": links[3:]}).nodeinfo is None


@pytest.mark.parametrize(
    "links",
    [
        None,
        [],
        "x",
        [None],
        [{"rel": nodeinfo.SCHEMA + "2.1"}],
        [{"rel": 1, "href": HOME}],
        [{"rel": nodeinfo.SCHEMA + "2.1", "href": "javascript:alert(1)"}],
    ],
)
def test_links_that_lead_nowhere_are_left_out(links: Any) -> None:
    assert nodeinfo.parse_links({"links": links}) == NodeInfoLinks()


def test_a_document_is_written_and_read() -> None:
    usage = Usage(users=40, active_month=20, active_half_year=30, posts=1000, comments=4000)
    document = nodeinfo.render_nodeinfo(
        version="0.1.0", usage=usage, open_registrations=True, name="Calm", homepage=HOME
    )
    assert (document["version"], document["protocols"]) == ("2.1", ["activitypub"])
    assert document["services"] == {"inbound": [], "outbound": []}
    assert document["software"] == {"name": "kith", "version": "0.1.0", "homepage": HOME}
    assert nodeinfo.parse_nodeinfo(document) == NodeInfo(
        software="kith", version="0.1.0", name="Calm", open_registrations=True, usage=usage
    )


def test_what_is_not_told_is_not_written() -> None:
    document = nodeinfo.render_nodeinfo(
        version="1", usage=Usage(), open_registrations=False, name=""
    )
    assert document["usage"] == {"users": {}}
    read = nodeinfo.parse_nodeinfo(document)
    assert (read.usage, read.name, read.open_registrations) == (Usage(), None, False)


def test_absurd_documents_are_read_as_unknown() -> None:
    assert nodeinfo.parse_nodeinfo({}) == NodeInfo(software="unknown", version="unknown")
    absurd = {
        "software": [1],
        "usage": {"users": {"total": -5}, "localPosts": "many"},
        "metadata": 3,
    }
    assert nodeinfo.parse_nodeinfo(absurd) == NodeInfo(software="unknown", version="unknown")
    long = nodeinfo.parse_nodeinfo({"software": {"name": "x" * 10**6, "version": "<b>\u202e1"}})
    assert (len(long.software), long.version) == (nodeinfo.MAX_WORD, "<b>1")
