"""Somebody waits for an answer, somebody gave one that helped, and somebody offers to help: as the
threads of the demo have it, with a few more that hardly anybody answered yet."""

from node.demo.lives.town import Shown, Town
from node.groups.drafts import ReplyDraft, ThreadDraft
from node.rooms import Rooms
from node.viewer import Viewer
from storage.unit_of_work import UnitOfWork

WAITS = "The second winter"


def live(uow: UnitOfWork, rooms: Rooms, town: Town) -> list[Shown]:
    """Harbour has a thread that waits, and a reply that helped."""
    if not town.is_first:
        return []
    mara, ines = town.persona("mara"), town.persona("ines")
    night, waiting = town.group("night_shift").actor.id, town.group("newcomers").actor.id
    with town.ago(days=2):
        draft = ThreadDraft(
            title=WAITS,
            text="Everybody says the first year is the worst. For me it is this one.",
            reply_wanted="just-listening",
        )
        rooms.groups.agree_to_share(uow, town.group("newcomers"), mara, agrees=True)
        rooms.groups.post_thread(uow, waiting, mara, draft)
    ash, tobias = town.persona("ash"), town.persona("tobias")
    with town.ago(hours=20):
        asked = rooms.groups.post_thread(
            uow,
            night,
            tobias,
            ThreadDraft(title="Three in the morning", text="Who else?", reply_wanted="ideas"),
        )
        reply = rooms.groups.reply(
            uow, asked.id, ash, ReplyDraft(text="I am. I count the ships' lights, slowly.")
        )
        viewer = Viewer(account=town.account("tobias"), persona=tobias, via="session")
        rooms.thanking.thank(uow, viewer, reply.id)
    rooms.replying.offer(uow, ines)
    return [
        Shown("fern", "/needs-a-reply", WAITS),
        Shown("ash", "/needs-a-reply/given", "told you that this helped"),
        Shown("ines", "/needs-a-reply/kind-words", "You offered to help."),
    ]
