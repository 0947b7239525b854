"""Posts with fields, and the room that each kind of them has a page in."""

from dataclasses import dataclass
from typing import Final

from node.i18n import N_
from storage.posts import Post
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ArticlePlace:
    """`page` and `edit` may say {id}, the id of the post."""

    page: str
    edit: str
    label: str


ARTICLE_PLACES: Final = {
    "coping-card": ArticlePlace("/coping/{id}", "/coping/{id}/edit", N_("Read it as a card")),
}
"""By the kind of its fields. What is not here is read as the thread that it is."""


def place_of_article(uow: UnitOfWork, post: Post) -> ArticlePlace | None:
    """Where a post with fields is shown and changed, None for every other post. No question is
    put to the database for those."""
    if post.wire_type != "Article" or post.parent_id is not None:
        return None
    article = uow.articles.of([post.id]).get(post.id)
    place = ARTICLE_PLACES.get(article.kind) if article is not None else None
    if place is None:
        return None
    page, edit = (path.replace("{id}", str(post.id)) for path in (place.page, place.edit))
    return ArticlePlace(page, edit, place.label)
