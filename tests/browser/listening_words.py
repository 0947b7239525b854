"""Sessions of Harbour's people in every state, for pages that show them."""

from node.listening.service import Listening
from storage.actors import Actor
from storage.listening_record import Intake, Offering
from storage.unit_of_work import UnitOfWork
from tests.world import House

LONG = "I sat by the window until the baker opened his shop and the street smelled of bread. " * 4
ASKED = Intake(
    topics=("bereavement", "loneliness"),
    wish="similar-experience",
    avoid=("alcohol",),
    language="en",
)


def offered(
    listening: Listening, uow: UnitOfWork, seeker: Actor, helper: Actor, intake: Intake = ASKED
) -> int:
    """A request for which a helper is asked."""
    session = listening.ask(uow, seeker, intake, "The evenings are long, and the house is quiet.")
    listening.move(uow, session, "offer", is_letter=intake.is_letter, helper_id=helper.id)
    return session.id


def begun(listening: Listening, uow: UnitOfWork, seeker: Actor, helper: Actor) -> int:
    """A session with some words in it."""
    number = offered(listening, uow, seeker, helper)
    listening.accept(uow, helper, number)
    listening.begin(uow, seeker, number)
    for who, text in ((seeker, LONG), (helper, "I am here, no hurry."), (seeker, "Thank you.")):
        listening.say(uow, who, number, text, all_the_same=False)
    return number


async def listen_to_each_other(harbour: House) -> dict[str, str]:
    """Their ids by name; Tobias has badges and offers to listen."""
    rooms = harbour.node.rooms
    listening, training = rooms.listening, rooms.training

    def write(uow: UnitOfWork) -> dict[str, int]:
        def who(handle: str) -> Actor:
            found = uow.actors.local_by_handle(handle)
            assert found is not None
            return found

        tobias, fern, ash, rowan = (who(one) for one in ("tobias", "fern", "ash", "rowan"))
        for slug in training.courses.slugs:
            training.practise(uow, tobias, slug, "I am glad you are telling me.")
            training.finish(uow, tobias, slug)
        for topic in ("bereavement", "loneliness"):
            training.earn(uow, tobias, topic)
        training.show_badges(uow, tobias, shows=True)
        offer = Offering(topics=("bereavement",), no_go=("alcohol",), slots=(3, 27), zone="UTC")
        listening.offer(uow, tobias, offer, is_on=True)
        letter = Intake(topics=("sleep",), minutes=0)
        made = {
            "heard_wait": listening.ask(uow, who("june"), letter, "").id,
            "heard_asked": offered(listening, uow, who("mara"), tobias),
            "heard_talk": begun(listening, uow, fern, ash),
            "heard_ended": begun(listening, uow, ash, fern),
            "heard_yes": offered(listening, uow, who("ines"), rowan),
            "heard_paused": begun(listening, uow, rowan, who("mara")),
        }
        listening.act(uow, ash, made["heard_ended"], "end")
        listening.accept(uow, rowan, made["heard_yes"])
        listening.say(uow, rowan, made["heard_paused"], "Send me a photo?", all_the_same=False)
        made["heard_over"] = listening.ask(uow, tobias, ASKED, "").id
        listening.withdraw(uow, tobias, made["heard_over"])
        return made

    made = await rooms.db.write(write)
    return {name: str(number) for name, number in made.items()}
