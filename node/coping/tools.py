"""What every use case of coping cards holds, and how a published card is found for a reader."""

from dataclasses import dataclass

from node.coping.cards import KIND, Card, card_from_article
from node.coping.rules import State, state_of_published
from node.errors import NotFound, Refused
from node.groups.place import group_for, place_of, thread_of
from node.groups.rules import is_gone
from node.groups.service import Groups
from node.i18n import N_
from node.notifications.service import Notifying
from node.ports import Clock, NewId
from node.visibility import may_see_post
from storage.actors import Actor
from storage.articles import Article
from storage.card_checks import CardCheck
from storage.groups import GroupWithActor
from storage.posts import Post, PostView
from storage.unit_of_work import UnitOfWork

NOTHING = 0
GROUPS_MOST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A published card as one reader sees it, in its group."""

    post: Post
    author: Actor
    card: Card
    group: GroupWithActor
    state: State
    check: CardCheck | None = None


class Tools:
    """Built once by `node/support.py`; `origin` is the node's own."""

    def __init__(
        self, groups: Groups, notifying: Notifying, now: Clock, new_id: NewId, origin: str
    ) -> None:
        self.groups = groups
        self.notifying = notifying
        self.now = now
        self.new_id = new_id
        self.origin = origin

    def shown(self, uow: UnitOfWork, post_id: int, reader: Actor | None) -> Shown:
        """The card at a post, if `reader` may read it. Raises NotFound."""
        view = readable(uow, post_id, reader)
        article = uow.articles.of([post_id]).get(post_id)
        group = uow.groups.get(view.post.group_id)
        if article is None or article.kind != KIND or group is None or is_gone(view.post):
            raise NotFound
        if uow.quorum.veiled([post_id]):
            raise NotFound
        is_own = reader is not None and view.post.author_id == reader.id
        if uow.quorum.folded([post_id]) and not is_own:
            raise NotFound
        check = uow.card_checks.of([post_id]).get(post_id)
        return shown_of(view, article, group, check)


def readable(uow: UnitOfWork, post_id: int, reader: Actor | None) -> PostView:
    """A thread that a reader or a visitor may read; as many questions for one that is not there.
    Raises NotFound."""
    at = uow.posts.whereabouts(post_id)
    if reader is not None:
        place = place_of(uow, post_id, reader)
        hidden = uow.blocks.hides(reader.id)
        if not may_see_post(place.view.post, hidden) and place.view.post.author_id != reader.id:
            raise NotFound
        view = place.view
    else:
        group_for(uow, at.group_id if at else NOTHING, None)
        found = uow.posts.view(post_id)
        if found is None:
            raise NotFound
        view = found
    if view.post.parent_id is not None or thread_of(uow, view.post).id != post_id:
        raise NotFound
    return view


def shown_of(
    view: PostView, article: Article, group: GroupWithActor, check: CardCheck | None
) -> Shown:
    """A post with its fields, read as a card."""
    card = card_of_post(view.post, article)
    state = state_of_published(
        medical=card.touches_medicine, edited_at=view.post.edited_at, check=check
    )
    return Shown(
        post=view.post, author=view.author, card=card, group=group, state=state, check=check
    )


def card_of_post(post: Post, article: Article) -> Card:
    """The card that a post's fields make."""
    return card_from_article(
        article,
        title=post.title or "…",
        language=post.language,
        warning=post.content_warning,
        is_local=post.is_local,
    )


def readable_groups(uow: UnitOfWork, reader: Actor | None) -> dict[int, GroupWithActor]:
    """The groups among whose cards a reader or a visitor may look."""
    found = uow.groups.list_for(reader.id if reader else None, GROUPS_MOST)
    return {group.actor.id: group for group in found}


def hidden_from(uow: UnitOfWork, reader: Actor | None) -> frozenset[int]:
    """Authors whose cards are not there for a reader, because of a block."""
    return uow.blocks.hides(reader.id) if reader is not None else frozenset()


def handle_of(actor: Actor) -> str:
    """How a card names whose it is, on every node."""
    return f"@{actor.handle}@{actor.authority}"


def insist_signed_by(shown: Shown, persona: Actor) -> None:
    """Only who wrote a card changes it. Raises Refused."""
    if shown.post.author_id != persona.id:
        raise Refused(N_("Only who wrote this card can change it."), "not-yours")
