"""Tobias went through the training and listened to Ines last night; Mara waits for a letter."""

from node.demo.lives.town import Shown, Town
from node.rooms import Rooms
from storage.actors import Actor
from storage.listening_record import Intake, ListeningSession, Offering
from storage.unit_of_work import UnitOfWork

REPLY = "A whole day of smiling over it: that sounds heavy. What is it like now, at home?"
NIGHT = (
    (True, "Thank you for saying yes. It is the evenings. The house is so quiet."),
    (False, "I am here, and I have time. What do the evenings sound like?"),
    (True, "The clock. And the neighbours laughing. I never minded before."),
    (False, "And now it reminds you of who does not laugh with you."),
    (True, "Yes. That is it. I have not said that to anybody."),
)


def live(uow: UnitOfWork, rooms: Rooms, town: Town) -> list[Shown]:
    """A session that ended, and a request that waits."""
    if not town.is_first:
        return []
    tobias, ines, mara = (town.persona(one) for one in ("tobias", "ines", "mara"))
    with town.ago(days=20):
        _learn(uow, rooms, tobias)
    with town.ago(hours=20):
        session = _talk(uow, rooms, ines, tobias)
    letter = Intake(topics=("bereavement", "loneliness"), wish="similar-experience", minutes=0)
    waiting = rooms.listening.ask(uow, mara, letter, "It will be a year soon.")
    return [
        Shown("tobias", "/training", "Bereavement"),
        Shown("tobias", "/listening", "You and Inês"),
        Shown("ines", f"/listening/{session.id}", "Did you feel heard?"),
        Shown("mara", f"/listening/{waiting.id}", "You asked to be heard"),
    ]


def _learn(uow: UnitOfWork, rooms: Rooms, learner: Actor) -> None:
    """All units, two badges, and an offer that is switched off for now."""
    for slug in rooms.training.courses.slugs:
        rooms.training.practise(uow, learner, slug, REPLY)
        rooms.training.finish(uow, learner, slug)
    for topic in ("bereavement", "sleep"):
        rooms.training.earn(uow, learner, topic)
    offering = Offering(topics=("bereavement", "sleep"), slots=(3, 7, 11))
    rooms.listening.offer(uow, learner, offering, is_on=False)


def _talk(uow: UnitOfWork, rooms: Rooms, seeker: Actor, helper: Actor) -> ListeningSession:
    """From asking to the end. The matching works by itself elsewhere; here it is told."""
    listening = rooms.listening
    session = listening.ask(uow, seeker, Intake(topics=("bereavement",)), "The evenings are long.")
    listening.move(uow, session, "offer", is_letter=False, helper_id=helper.id)
    listening.accept(uow, helper, session.id)
    listening.begin(uow, seeker, session.id)
    for is_seeker, text in NIGHT:
        listening.say(uow, seeker if is_seeker else helper, session.id, text, all_the_same=False)
    return listening.act(uow, seeker, session.id, "end")
