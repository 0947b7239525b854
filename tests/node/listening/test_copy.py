"""What one gave, asked for and said is in the copy of one's data; what others did is not."""

from node.rights.listening_parts import listening, training
from node.rights.listening_parts import words as said
from node.rights.parts import Owner
from storage.listening_record import ListeningSession
from storage.unit_of_work import UnitOfWork
from tests.node.listening.pair import TOPIC, Pair


async def test_a_copy_holds_what_is_ones_own(pair: Pair) -> None:
    place = await pair.begun(words="It is a year today.")
    await pair.say(pair.sky, place, "Mine.")
    await pair.say(pair.hale, place, "Theirs.")
    await pair.act(pair.sky, place, "end")
    await pair.act(pair.sky, place, "felt", felt="a-little")
    sky, hale = pair.sky.persona, pair.hale.persona
    assert sky is not None
    assert hale is not None

    def look(uow: UnitOfWork) -> None:
        account = uow.accounts.get(uow.accounts.account_of(sky.id) or 0)
        assert account is not None
        owner = Owner(account, (sky,), "http://here.example")
        [own] = listening(uow, sky)
        assert (own["as"], own["words"], own["felt"]) == (
            "seeker",
            "It is a year today.",
            "a-little",
        )
        assert [item["content"] for _, item in said(uow, owner, sky, 0)] == ["Mine."]
        offered, helped = listening(uow, hale)
        assert list(offered["offers"]["topics"]) == [TOPIC]
        assert (helped["as"], helped["words"], helped["felt"]) == ("helper", None, None)
        assert helped["askedFor"] is None
        assert training(uow, sky) == []
        [path] = training(uow, hale)
        assert list(path["badges"]) == [TOPIC]

    await pair.house.db.read(look)


async def test_whoever_is_erased_takes_their_sessions_along(pair: Pair) -> None:
    place = await pair.begun()
    await pair.say(pair.sky, place, "Mine.")
    sky = pair.sky.persona
    assert sky is not None
    await pair.house.db.write(lambda uow: uow.listening_sessions.forget_persona(sky.id))
    assert (await pair.hale.get(place)).status == 404

    def left(uow: UnitOfWork) -> list[ListeningSession]:
        return uow.listening_sessions.of_persona(sky.id, 9)

    assert await pair.house.db.read(left) == []
