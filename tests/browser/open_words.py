"""What ash of Harbour writes outside groups: for everybody, for those who follow, for herself."""

from node.profiles.drafts import ProfileDraft
from storage.actors import Actor
from storage.post_record import Audience
from storage.unit_of_work import UnitOfWork
from tests.world import House


async def write_on_a_profile(house: House) -> dict[str, str]:
    """Fern follows ash, june asks to; the ids of a post, of an answer and of a quiet post."""
    profiles = house.node.rooms.profiles

    def person(uow: UnitOfWork, handle: str) -> Actor:
        found = uow.actors.local_by_handle(handle)
        assert found is not None
        return found

    def write(uow: UnitOfWork) -> dict[str, str]:
        ash, fern, june = [person(uow, one) for one in ("ash", "fern", "june")]
        profiles.follow(uow, fern, ash.id)
        profiles.accept(uow, ash, fern.id)
        profiles.follow(uow, june, ash.id)

        def say(text: str, audience: Audience, warning: str = "") -> int:
            draft = ProfileDraft(text=text, audience=audience, content_warning=warning)
            return profiles.post(uow, ash, draft).id

        say("Ask about the *boat* on Thursday.", "self")
        quiet = say("I slept. Do not tell the others.", "followers", "sleep")
        note = say("The first snowdrops are out behind the church.", "public")
        answer = ProfileDraft(text="Here too, @ash!", audience="public")
        reply = profiles.reply(uow, note, fern, answer).id
        profiles.reply(uow, reply, ash, ProfileDraft(text="Then it is spring.", audience="public"))
        profiles.react(uow, note, fern, "strength")
        return {"note": str(note), "note_reply": str(reply), "quiet_note": str(quiet)}

    return await house.node.rooms.db.write(write)
