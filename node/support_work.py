"""What the rooms of what peer support gives do by themselves, when its time has come. A part of
`node/app.py`. Each is a function of an open transaction that answers how much it did.
"""

from node.rooms import Rooms
from node.worker import Task


def support_tasks(rooms: Rooms) -> tuple[Task, ...]:
    """The work of each room."""
    db = rooms.db
    return (
        Task(
            "remembering",
            lambda: db.write(rooms.remembering.speak),
            lambda: db.read(rooms.remembering.next_due),
        ),
    )
