"""What reading a thread changes: a newcomer has read one more."""

from node.groups.reading import ThreadPage
from node.safety.newcomers import Newcomers
from storage.database import Database


async def note_reading(db: Database, newcomers: Newcomers, page: ThreadPage) -> None:
    """Count a thread of somebody else that a newcomer opened. For all others nothing is written."""
    reader = page.reader
    if reader is None or page.root.view.author.id == reader.id:
        return
    if await db.read(lambda uow: newcomers.counts_reading(uow, reader)):
        await db.write(lambda uow: newcomers.read_thread(uow, reader))
