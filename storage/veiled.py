"""The condition that a post is not veiled (`storage/quorum.py`), for statements that list posts."""

from typing import Final

from sqlalchemy import exists

from storage.tables import posts, veils

NOT_VEILED: Final = ~exists().where(veils.c.post_id == posts.c.id, veils.c.lifted_at.is_(None))
