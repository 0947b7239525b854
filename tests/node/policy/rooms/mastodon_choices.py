"""The policy of what a person sets for their own reading, news and safety, in the Mastodon API: all
of it is its owner's, and for everybody else not there."""

from typing import Any, Final

from node.reading.lists import ListDraft
from node.safety.filters import FilterDraft, KeywordChange
from storage.news import NewsQuery
from storage.news_policies import NewsPolicy
from storage.unit_of_work import UnitOfWork
from tests.node.policy.language import Fill, Route, Thing, route
from tests.node.policy.world import World

MINE: Final = {"readers": frozenset({"author"})}
OWN: Final[Any] = {"readers": 200, "anonymous": 401, "others": 404}
"""For its owner; nobody else learns whether it is there."""
ANY: Final[Any] = {"signed_in": 200, "anonymous": 401}
"""Everybody has their own."""
A: Final = "/api/v1"


async def own_filter(world: World) -> Fill:
    """The author's, with one word and one post."""
    filters, author = world.house.node.rooms.filters, world.persona("author")
    draft = FilterDraft(
        title="Mine", contexts=("home",), keywords=(KeywordChange(keyword="never said"),)
    )

    def make(uow: UnitOfWork) -> Fill:
        made = filters.make(uow, author, draft)
        entry = filters.add_status(uow, author, made.id, 7)
        number = str(made.id)
        word = str(made.keywords[0].id)
        return {"id": number, "filter_id": number, "word": word, "entry": str(entry.id)}

    return await world.write(make)


async def own_keyword(world: World) -> Fill:
    """The word in it."""
    return {"id": (await own_filter(world))["word"]}


async def own_entry(world: World) -> Fill:
    """The post in it."""
    return {"id": (await own_filter(world))["entry"]}


async def own_list(world: World) -> Fill:
    """The author's."""
    lists, author = world.house.node.rooms.reading.lists, world.persona("author")
    made = await world.write(lambda uow: lists.make(uow, author, ListDraft(title="Mine")))
    return {"id": str(made.id)}


async def own_tag(world: World) -> Fill:
    """What the author shows on the profile."""
    tags, author = world.house.node.rooms.reading.tags, world.persona("author")
    made = await world.write(lambda uow: tags.feature(uow, author, "winter"))
    return {"id": str(made.id)}


async def own_news(world: World) -> Fill:
    """The author was told that the member follows."""
    notifying, author = world.house.node.rooms.notifying, world.persona("author")

    def tell(uow: UnitOfWork) -> Fill:
        notifying.tell(uow, "follow", author, world.persona("member"))
        query = NewsQuery(persona_id=author.id, kinds=["follow"], limit=1)
        [told] = uow.news.page(query)
        number = str(told.notification.id)
        return {"id": number, "key": f"ungrouped-{number}"}

    return await world.write(tell)


async def held_news(world: World) -> Fill:
    """The same, held back by the author's policy."""
    notifying, author = world.house.node.rooms.notifying, world.persona("author")

    def tell(uow: UnitOfWork) -> Fill:
        uow.news_policies.put(NewsPolicy(persona_id=author.id, not_following="filter"))
        notifying.tell(uow, "follow", author, world.persona("moderator"))
        uow.news_policies.put(NewsPolicy(persona_id=author.id))
        return {"id": str(world.persona("moderator").id)}

    return await world.write(tell)


THINGS = [
    Thing("own filter", own_filter, MINE),
    Thing("own keyword", own_keyword, MINE),
    Thing("own entry", own_entry, MINE),
    Thing("own list", own_list, MINE),
    Thing("own tag", own_tag, MINE),
    Thing("own news", own_news, MINE),
    Thing("held news", held_news, MINE),
]

FILTER: Final[Any] = {"title": "x", "context": ["home"]}
V1_FILTER: Final[Any] = {"phrase": "x", "context": ["home"]}


def filters() -> list[Route]:
    here, old = "/api/v2/filters", f"{A}/filters"
    word, entry = f"{here}/keywords/{{id}}", f"{here}/statuses/{{id}}"
    words, entries = f"{here}/{{filter_id}}/keywords", f"{here}/{{filter_id}}/statuses"
    return [
        route(f"GET {here}", **ANY),
        route(f"POST {here}", send=FILTER, **ANY),
        route(f"GET {here}/{{id}}", "own filter", **OWN),
        route(f"PUT {here}/{{id}}", "own filter", send={"title": "y"}, **OWN),
        route(f"DELETE {here}/{{id}}", "own filter", **OWN),
        route(f"GET {words}", "own filter", **OWN),
        route(f"POST {words}", "own filter", send={"keyword": "y"}, **OWN),
        route(f"GET {word}", "own keyword", **OWN),
        route(f"PUT {word}", "own keyword", send={"keyword": "y"}, **OWN),
        route(f"DELETE {word}", "own keyword", **OWN),
        route(f"GET {entries}", "own filter", **OWN),
        # The post that it names is not there either.
        route(
            f"POST {entries}",
            "own filter",
            send={"status_id": "7"},
            knows=("author",),
            anonymous=401,
            others=404,
        ),
        route(f"GET {entry}", "own entry", **OWN),
        route(f"DELETE {entry}", "own entry", **OWN),
        route(f"GET {old}", **ANY),
        route(f"POST {old}", send=V1_FILTER, **ANY),
        route(f"GET {old}/{{id}}", "own keyword", **OWN),
        route(f"PUT {old}/{{id}}", "own keyword", send=V1_FILTER, **OWN),
        route(f"DELETE {old}/{{id}}", "own keyword", **OWN),
    ]


def reading() -> list[Route]:
    one, on, tag = f"{A}/lists/{{id}}", f"{A}/lists/{{id}}/accounts", f"{A}/featured_tags"
    return [
        route(f"GET {A}/lists", **ANY),
        route(f"POST {A}/lists", send={"title": "x"}, **ANY),
        route(f"GET {one}", "own list", **OWN),
        route(f"PUT {one}", "own list", send={"title": "y"}, **OWN),
        route(f"DELETE {one}", "own list", **OWN),
        route(f"GET {on}", "own list", **OWN),
        route(f"POST {on}", "own list", send={"account_ids": []}, **OWN),
        route(f"DELETE {on}", "own list", send={"account_ids": []}, **OWN),
        route(f"GET {A}/accounts/{{id}}/lists", "group", **OWN),
        route(f"GET {A}/markers", query="?timeline[]=home", **ANY),
        route(f"POST {A}/markers", send={"home": {"last_read_id": "1"}}, **ANY),
        route(f"GET {A}/followed_tags", **ANY),
        *(
            route(f"POST {A}/tags/{{name}}/{act}", "tag name", **ANY)
            for act in ("follow", "unfollow", "feature", "unfeature")
        ),
        route(f"GET {A}/tags/{{name}}", "tag name", others=200),
        route(f"GET {tag}", **ANY),
        route(f"POST {tag}", send={"name": "x"}, **ANY),
        route(f"DELETE {tag}/{{id}}", "own tag", **OWN),
        route(f"GET {tag}/suggestions", **ANY),
        route(f"GET {A}/accounts/{{id}}/featured_tags", "group", readers=200, others=404),
    ]


def news() -> list[Route]:
    old, new, asked = f"{A}/notifications", "/api/v2/notifications", f"{A}/notifications/requests"
    return [
        route(f"GET {old}", **ANY),
        route(f"GET {old}/unread_count", **ANY),
        route(f"POST {old}/clear", **ANY),
        route(f"POST {old}/dismiss", send={"id": "1"}, signed_in=404, anonymous=401),
        route(f"GET {old}/{{id}}", "own news", **OWN),
        route(f"POST {old}/{{id}}/dismiss", "own news", **OWN),
        route(f"GET {new}", **ANY),
        route(f"GET {new}/unread_count", **ANY),
        route(f"GET {new}/{{key}}", "own news", **OWN),
        route(f"GET {new}/{{key}}/accounts", "own news", **OWN),
        # Everybody forgets their own of that name, if they have any.
        route(f"POST {new}/{{key}}/dismiss", "own news", **ANY),
        *(
            route(f"{method} {here}/policy", **ANY)
            for here in (old, new)
            for method in ("GET", "PATCH", "PUT")
        ),
        route(f"GET {asked}", **ANY),
        route(f"GET {asked}/merged", **ANY),
        *(route(f"POST {asked}/{act}", send={"id": []}, **ANY) for act in ("accept", "dismiss")),
        route(f"GET {asked}/{{id}}", "held news", **OWN),
        *(route(f"POST {asked}/{{id}}/{act}", "held news", **OWN) for act in ("accept", "dismiss")),
    ]


async def tag_name(world: World) -> Fill:
    """There is any tag that somebody names."""
    del world
    return {"name": "winter", "id": "7"}


THINGS.append(Thing("tag name", tag_name, {}))

TALK: Final = f"{A}/conversations/{{id}}"
GIVEN: Final = f"{A}/announcements/{{id}}"

ROUTES = [
    *filters(),
    *reading(),
    *news(),
    route(f"GET {A}/conversations", **ANY),
    route(f"POST {TALK}/read", "conversation", **OWN),
    route(f"POST {TALK}/unread", "conversation", **OWN),
    route(f"DELETE {TALK}", "conversation", **OWN),
    *(
        route(f"POST {A}/accounts/{{id}}/{act}", "group", **OWN)
        for act in ("mute", "unmute", "note", "pin", "unpin", "endorse", "unendorse")
    ),
    # A group cannot be blocked; leaving it is what there is.
    *(
        route(f"POST {A}/accounts/{{id}}/{act}", "group", anonymous=401, others=404)
        for act in ("block", "unblock")
    ),
    *(route(f"GET {A}/{what}", **ANY) for what in ("mutes", "blocks", "domain_blocks")),
    *(
        route(f"{method} {A}/domain_blocks", send={"domain": "loud.example"}, **ANY)
        for method in ("POST", "DELETE")
    ),
    route(f"POST {A}/reports", send={"account_id": "1"}, signed_in=404, anonymous=401),
    route(f"GET {A}/announcements", **ANY),
    route(f"POST {GIVEN}/dismiss", "group", anonymous=401, others=404),
    *(
        route(f"{method} {GIVEN}/reactions/{{name}}", "tag name", anonymous=401, others=404)
        for method in ("PUT", "DELETE")
    ),
]
