"""A circle of nine evenings, another one that gathers, and somebody who waits for one."""

from node.circles.forming import CircleDraft
from node.circles.scripts import chosen
from node.demo.lives.town import Shown, Town
from node.groups.drafts import ReplyDraft
from node.rooms import Rooms
from storage.circle_doors import Wish
from storage.unit_of_work import UnitOfWork

_NIGHTS = 9
_ANSWERS = {
    9: ("mara", "Mara is fine. My grandmother was called that, and she never hurried."),
    8: ("tobias", "I said yes because nights are long and I would like to hear others breathe."),
    7: ("ines", "From my chair I see the tram. When it is empty, it is late."),
    5: ("ash", "Nobody asks what he was like before he was ill. He was very funny."),
    3: ("mara", "To be listened to. Ideas I have enough of, mostly at four in the morning."),
    1: ("tobias", "A radio play about a lighthouse. I have heard it eleven times."),
}
_BACK = ("fern", "Thank you for saying that. I will think of it tonight.")


def live(uow: UnitOfWork, rooms: Rooms, town: Town) -> list[Shown]:
    """Fern's circle began when five were enough for this node."""
    if not town.is_first:
        return []
    circles, fern = rooms.circles, town.persona("fern")
    draft = CircleDraft(
        name="Nine o’clock", topics=("bereavement", "sleep"), language="en", days=28, part="evening"
    )
    with town.ago(days=_NIGHTS + 1):
        made = circles.start(uow, fern, draft, chosen(uow, "hundred-days"))
        code = circles.invite(uow, made.id, fern, 5)
        for handle in ("mara", "tobias", "ines", "ash"):
            circles.ask(uow, code, town.persona(handle))
            circles.let_in(uow, made.id, fern, town.persona(handle).id)
        begun = circles.set_off(uow, made)
    for nights in range(_NIGHTS, -1, -1):
        with town.ago(days=nights):
            circles.look_after(uow, begun.id)
            _talk(uow, rooms, town, begun.id, nights)
    with town.ago(days=2):
        wish = Wish(topics=("sleep", "loneliness"), language="en", days=42, part="morning")
        circles.wish(uow, town.persona("ines"), wish)
    return [
        Shown("mara", f"/circles/{begun.id}", "Nine o’clock"),
        Shown("mara", f"/circles/{begun.id}", "Your last week here"),
        Shown("ines", "/circles", "There are not many people yet who fit"),
    ]


def _talk(uow: UnitOfWork, rooms: Rooms, town: Town, circle_id: int, nights: int) -> None:
    newest = uow.circle_days.newest(circle_id, 1)
    if nights not in _ANSWERS or not newest:
        return
    who, words = _ANSWERS[nights]
    reply = rooms.groups.reply(uow, newest[0].post_id, town.persona(who), ReplyDraft(text=words))
    other, kind = _BACK
    rooms.groups.reply(uow, reply.id, town.persona(other), ReplyDraft(text=kind))
