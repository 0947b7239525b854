"""Private conversations of Harbour's people, for pages that show them."""

from node.messages.writing import Letter
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork
from tests.world import House

LONG = "I wrote this three times. " * 12


async def write_privately(harbour: House) -> dict[str, str]:
    """Ash talks with Fern, and with Fern and Mara; Tobias has asked Ash. The ids by name."""
    messages = harbour.node.rooms.messages

    def write(uow: UnitOfWork) -> dict[str, str]:
        def who(handle: str) -> Actor:
            found = uow.actors.local_by_handle(handle)
            assert found is not None
            return found

        ash, fern, mara = who("ash"), who("fern"), who("mara")
        for one in (ash, fern):
            messages.choose(uow, one, "anyone", True, "")
        for asker, asked in ((ash, fern), (mara, ash)):
            note = f"May I write to you? {asker.name}"
            request = messages.ask(uow, asker, asked.handle, note)
            first = messages.accept(uow, asked, request.id)
            messages.say(uow, messages.room(uow, first.conversation_id, asked), asked, "Yes.")
        pair = uow.conversations.pair(ash.id, fern.id)
        assert pair is not None
        said = messages.send(uow, ash, pair, f"{LONG}\n\n> It is *so* quiet\n\n- tea\n- `radio`")
        gone = messages.send(uow, fern, pair, "Never mind.")
        messages.delete_for_all(uow, fern, gone.id)
        letter = Letter(to="fern mara", text="Saturday at the boats?", title="Saturday")
        three = messages.start(uow, ash, letter)
        messages.ask(uow, who("tobias"), "ash", "We both sit up at night. May I write?")
        return {"talk": str(pair), "word": str(said.id), "three": str(three.conversation_id)}

    return await harbour.node.rooms.db.write(write)
