"""Hypothesis strategies for what we send: actors, posts and activities as our rooms make them."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from activitypub import shapes
from activitypub.plain_text import clean_line
from activitypub.vocabulary import (
    IMPLEMENTS,
    PUBLIC,
    REACTIONS,
    REPLIES_WANTED,
    Activity,
    Actor,
    Attachment,
    Block,
    Dislike,
    Flag,
    Follow,
    MultiKey,
    Post,
    PublicKey,
    Source,
    Tag,
    Tombstone,
)

HOME = "https://kith.example"
GROUP = f"{HOME}/groups/calm"
FOLLOWERS = f"{GROUP}/followers"
MENTION = Tag(type="Mention", href=GROUP, name="@calm@kith.example")
ANN = f"{HOME}/people/ann"
NOW = datetime(2026, 4, 1, 12, 0, tzinfo=UTC)
CALM = Actor(
    id=GROUP,
    type="Group",
    preferred_username="calm",
    name="Calm",
    summary="<p>Breathe</p>",
    summary_source="Breathe",
    inbox=f"{GROUP}/inbox",
    outbox=f"{GROUP}/outbox",
    followers=f"{GROUP}/followers",
    featured=f"{GROUP}/featured",
    moderators=f"{GROUP}/moderators",
    shared_inbox=f"{HOME}/inbox",
    url=GROUP,
    language="en",
    webfinger="calm@kith.example",
    public_keys=(PublicKey(id=f"{GROUP}#main-key", owner=GROUP, pem="PEM"),),
    assertion_methods=(MultiKey(id=f"{GROUP}#ed25519-key", controller=GROUP, multibase="z6Mk1"),),
    published=NOW,
)
THREAD = shapes.addressed_to_group(
    Post(
        id=f"{HOME}/posts/1",
        type="Page",
        attributed_to=ANN,
        name="A quiet evening",
        content="<p>It went <em>well</em>.</p>",
        source=Source(content="It went *well*."),
        language="en",
        reply_wanted="just-listening",
        context=f"{HOME}/posts/1/context",
        published=NOW,
    ),
    GROUP,
    (MENTION,),
)

numbers = st.integers(1, 10**6)
posts_ids = numbers.map(lambda n: f"{HOME}/posts/{n}")
people = numbers.map(lambda n: f"{HOME}/people/p{n}")
activity_ids = numbers.map(lambda n: f"{HOME}/activities/{n}")
times = st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1), timezones=st.just(UTC))
languages = st.sampled_from([None, "en", "de", "pt-BR", "zh-Hant"])
printable = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]), max_size=60
)
lines = printable.map(lambda text: clean_line(text, 200) or None)
texts = st.lists(printable, max_size=4).map("\n".join)
html = st.lists(printable.map(lambda text: f"<p>{text}</p>"), max_size=3).map("\n".join)


@st.composite
def posts(draw: st.DrawFn, kinds: tuple[str, ...] = ("Page", "Note", "Article")) -> Post:
    """A post as its author writes it, not yet addressed."""
    warning = draw(lines)
    return Post(
        id=draw(posts_ids),
        type=draw(st.sampled_from(kinds)),
        attributed_to=draw(people),
        to=(PUBLIC,),
        cc=(GROUP,),
        audience=(GROUP,),
        name=draw(lines),
        content=draw(html),
        content_warning=warning,
        sensitive=draw(st.booleans()) or warning is not None,
        source=draw(st.none() | st.builds(Source, content=texts)),
        in_reply_to=draw(st.none() | posts_ids),
        context=draw(st.none() | posts_ids.map(lambda url: url + "/context")),
        replies=draw(st.none() | posts_ids.map(lambda url: url + "/replies")),
        url=draw(st.none() | posts_ids.map(lambda url: url + ".html")),
        language=draw(languages),
        reply_wanted=draw(st.none() | st.sampled_from(REPLIES_WANTED)),
        comments_enabled=draw(st.none() | st.booleans()),
        tags=draw(st.sampled_from([(), (MENTION,), (MENTION, Tag(type="Hashtag", name="#rest"))])),
        attachments=tuple(draw(st.lists(attachments(), max_size=3))),
        published=draw(st.none() | times),
        updated=draw(st.none() | times),
    )


def attachments() -> st.SearchStrategy[Attachment]:
    """Links and pictures beside a post."""
    return st.builds(
        Attachment,
        type=st.sampled_from(["Link", "Image", "Document"]),
        url=numbers.map(lambda n: f"{HOME}/media/{n}"),
        media_type=st.sampled_from([None, "image/webp", "text/html"]),
        name=texts.map(lambda text: text or None),
    )


@st.composite
def actors(draw: st.DrawFn) -> Actor:
    """A Person, Group or Application of ours."""
    actor_id, kind = draw(people), draw(st.sampled_from(["Person", "Group", "Application"]))
    group = kind == "Group"
    return Actor(
        id=actor_id,
        type=kind,
        preferred_username=actor_id.rpartition("/")[2],
        inbox=f"{actor_id}/inbox",
        outbox=f"{actor_id}/outbox",
        followers=f"{actor_id}/followers",
        following=draw(st.none() | st.just(f"{actor_id}/following")),
        featured=f"{actor_id}/featured" if group else None,
        moderators=f"{actor_id}/moderators" if group else None,
        shared_inbox=f"{HOME}/inbox",
        name=draw(lines),
        summary=draw(st.none() | html.map(lambda text: text or None)),
        summary_source=draw(st.none() | texts),
        url=draw(st.none() | st.just(f"{actor_id}/page")),
        icon=draw(st.none() | st.just(f"{HOME}/media/1")),
        public_keys=(PublicKey(id=f"{actor_id}#main-key", owner=actor_id, pem="PEM"),),
        assertion_methods=(
            MultiKey(id=f"{actor_id}#ed25519-key", controller=actor_id, multibase="z6Mkx"),
        ),
        language=draw(languages),
        sensitive=draw(st.booleans()),
        posting_restricted_to_mods=group and draw(st.booleans()),
        manually_approves_followers=draw(st.booleans()),
        discoverable=draw(st.none() | st.booleans()),
        webfinger=draw(st.none() | st.just("calm@kith.example")),
        implements=tuple(IMPLEMENTS),
        published=draw(st.none() | times),
        updated=draw(st.none() | times),
    )


@st.composite
def activities(draw: st.DrawFn) -> Activity:
    """One of the activities we send, in the shapes of `shapes.py`."""
    new, actor, post = draw(activity_ids), draw(people), draw(posts())
    emoji = draw(st.sampled_from(list(REACTIONS.values())))
    asked = shapes.follow(f"{HOME}/activities/0", actor, GROUP)
    liked = shapes.like(f"{HOME}/activities/0", actor, post.id, GROUP, emoji)
    made = shapes.create(f"{HOME}/activities/0", post)
    reason = draw(texts).strip()
    choices: list[Activity] = [
        asked,
        shapes.accept(new, asked),
        shapes.reject(new, asked),
        shapes.undo(new, asked),
        shapes.undo(new, liked),
        liked,
        shapes.emoji_react(new, actor, post.id, None, emoji),
        Dislike(id=new, actor=actor, object=post.id),
        shapes.create(new, post),
        shapes.update(new, post),
        shapes.update_actor(new, draw(actors())),
        shapes.delete(new, actor, post.id, GROUP),
        shapes.delete_actor(new, actor),
        shapes.removal(new, actor, post.id, GROUP, reason=reason, with_replies=True),
        shapes.announce(new, GROUP, FOLLOWERS, made),
        shapes.announce(new, GROUP, FOLLOWERS, post),
        shapes.announce(new, GROUP, FOLLOWERS, post.id),
        shapes.announce(new, GROUP, FOLLOWERS, shapes.undo(f"{HOME}/activities/1", liked)),
        shapes.lock(new, actor, post.id, GROUP, reason),
        shapes.add(new, actor, post.id, f"{GROUP}/featured", GROUP),
        shapes.remove(new, actor, post.id, f"{GROUP}/featured", GROUP),
        shapes.flag(new, actor, (post.id, post.attributed_to), GROUP, reason),
        Flag(id=new, actor=actor, objects=(post.id,)),
        Follow(id=new, actor=actor, object=PUBLIC),
        Block(id=new, actor=actor, object=post.attributed_to, target=GROUP, remove_data=True),
    ]
    return draw(st.sampled_from(choices))


def tombstones() -> st.SearchStrategy[Tombstone]:
    """What is left of a post."""
    return st.builds(
        Tombstone,
        id=posts_ids,
        former_type=st.sampled_from([None, "Note", "Page"]),
        deleted=st.none() | times,
    )
