"""Meadow: a network of people who care for someone at home, and who read with Harbour."""

from node.demo.communities import (
    Community,
    Person,
    SeedGroup,
    SeedReply,
    SeedThread,
    Visit,
)

_GUIDELINES = """\
- You are allowed to be tired of it, and to say so.
- The person you care for is not here to speak: be fair to them.
- Ideas are welcome where somebody asks for ideas.
- None of us is your doctor or your lawyer. The pages under **Help** know who is.
"""

_GROUPS = (
    SeedGroup(
        handle="carers",
        name="Carers' kitchen table",
        visibility="public",
        founder="linnea",
        members=("joon", "petra", "samir", "wren", "odile"),
        summary="For everyone who looks after somebody at home. Pull up a chair.",
        guidelines=_GUIDELINES,
    ),
    SeedGroup(
        handle="after_caring",
        name="After caring",
        visibility="public",
        founder="odile",
        members=("linnea", "samir"),
        summary="When the caring has ended and the days are long.",
        guidelines=_GUIDELINES,
    ),
    SeedGroup(
        handle="rota",
        name="Rota",
        visibility="private",
        founder="linnea",
        members=(),
        summary="Who answers newcomers this week. Only for those who do.",
        guidelines=_GUIDELINES,
    ),
)

_THREADS = (
    SeedThread(
        group="carers",
        author="samir",
        title="An hour that is mine",
        text=(
            "My neighbour sits with Dad on Thursdays now, from four to five. Last week I used the "
            "hour to clean the oven. What do you do with an hour?"
        ),
        reply_wanted="ideas",
        reactions=(("petra", "me-too"), ("joon", "hear-you")),
        replies=(
            SeedReply(
                author="petra",
                text="I walk to the allotments and look at other people's beans.",
                reactions=(("samir", "thank-you"),),
                replies=(
                    SeedReply(
                        author="samir",
                        text="Beans it is. I will leave the oven alone.",
                        reactions=(("petra", "proud"),),
                    ),
                ),
            ),
            SeedReply(author="wren", text="Sleep. Every time. No regrets so far."),
        ),
    ),
    SeedThread(
        group="carers",
        author="joon",
        title="She did not know my name today",
        text=(
            "My mother called me by her brother's name and was so happy to see him. I did not "
            "correct her. I cried in the car, and I would do it again."
        ),
        reply_wanted="similar-experience",
        content_warning="dementia",
        reactions=(("linnea", "hear-you"), ("samir", "hear-you"), ("odile", "strength")),
        replies=(
            SeedReply(
                author="odile",
                text=(
                    "I was my husband's kind nurse for a whole winter. I learned to like her. "
                    "You gave your mother a good afternoon."
                ),
                reactions=(("joon", "thank-you"),),
            ),
        ),
    ),
    SeedThread(
        group="carers",
        author="wren",
        title="The assessment went well",
        text="They listened. We get two mornings a week from June. I keep reading the letter.",
        reply_wanted="celebrate",
        reactions=(("linnea", "proud"), ("petra", "proud")),
        replies=(SeedReply(author="linnea", text="Two mornings! Wren, I am so glad."),),
    ),
    SeedThread(
        group="after_caring",
        author="odile",
        title="The phone is so quiet",
        text="For six years it rang all day: nurses, the pharmacy, the day centre. Now it is June.",
        reply_wanted="just-listening",
        content_warning="loss of a husband",
        reactions=(("linnea", "hear-you"),),
        replies=(SeedReply(author="linnea", text="I am here, Odile. June can be very long."),),
    ),
)

MEADOW = Community(
    key="Meadow",
    name="Meadow Carers Network",
    people=(
        Person("linnea", "Linnea", administrator=True),
        Person("joon", "Joon"),
        Person("petra", "Petra"),
        Person("samir", "Samir"),
        Person("wren", "Wren"),
        Person("odile", "Odile"),
    ),
    groups=_GROUPS,
    threads=_THREADS,
    visits=(
        Visit(
            visitor="odile",
            group="grief",
            title="His coat is still in the hall",
            text="Mine was a hat. It moved to the other side of the door when it was ready.",
            reaction="hear-you",
        ),
    ),
)
