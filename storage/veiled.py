"""The condition that a post is neither veiled nor folded away (`storage/quorum.py`), for statements
that list posts."""

from typing import Final

from sqlalchemy import and_, exists

from storage.tables import detail_folds, posts, veils

NOT_VEILED: Final = and_(
    ~exists().where(veils.c.post_id == posts.c.id, veils.c.lifted_at.is_(None)),
    ~exists().where(detail_folds.c.post_id == posts.c.id, detail_folds.c.cleared_at.is_(None)),
)
