"""Harbour: Riverside Bereavement Support, the node whose group the other community follows."""

from node.demo.communities import (
    Community,
    Person,
    SeedGroup,
    SeedReply,
    SeedThread,
    Visit,
)

_GUIDELINES = """\
- Speak of your own experience; there is no right way to grieve.
- Listen first. Ask before you give advice.
- What is said here about others stays here.
- Put a content warning where a detail might be hard to read.
- If you or someone else is in danger, see **Help** at the top of every page. Real people answer.
"""

_GROUPS = (
    SeedGroup(
        handle="grief",
        name="Living with loss",
        visibility="public",
        founder="rowan",
        members=("ash", "mara", "tobias", "ines", "fern"),
        summary="For everyone who misses someone, however long ago it was.",
        guidelines=_GUIDELINES,
    ),
    SeedGroup(
        handle="night_shift",
        name="Night shift",
        visibility="local",
        founder="ines",
        members=("ash", "tobias"),
        summary="For the hours when sleep does not come. Only for people of Riverside.",
        guidelines=_GUIDELINES,
    ),
    SeedGroup(
        handle="newcomers",
        name="Newcomers",
        visibility="public",
        founder="rowan",
        members=("fern", "mara"),
        summary="New here? Say hello, or just read for a while.",
        guidelines=_GUIDELINES,
    ),
)

_THREADS = (
    SeedThread(
        group="grief",
        author="rowan",
        title="How we talk to each other here",
        text=(
            "Welcome. Nobody has to write, and nobody has to be *better* by now.\n\n"
            "When you start a thread you can say what would help: just listening, similar "
            "experiences, ideas, or celebrating something with you. Please read that line "
            "before you answer."
        ),
        reply_wanted="just-listening",
        reactions=(("ash", "thank-you"), ("fern", "thank-you")),
        pinned=True,
    ),
    SeedThread(
        group="grief",
        author="mara",
        title="His coat is still in the hall",
        text=(
            "It has been eleven months. Everyone says I should make room. Some days I walk past "
            "it and smile, and some days I stand there with my face in the sleeve.\n\n"
            "I am not asking what to do with it. I only wanted to say it somewhere."
        ),
        reply_wanted="just-listening",
        content_warning="loss of a husband",
        reactions=(("ash", "hear-you"), ("tobias", "hear-you"), ("ines", "strength")),
        replies=(
            SeedReply(
                author="tobias",
                text="I am reading this with a cup of tea. The coat may stay as long as you like.",
                reactions=(("mara", "thank-you"),),
                replies=(
                    SeedReply(
                        author="mara",
                        text="Thank you. That is the first time somebody has said that.",
                        reactions=(("tobias", "strength"),),
                        replies=(
                            SeedReply(
                                author="ines",
                                text="For me it is a pair of garden gloves, four years now.",
                            ),
                        ),
                    ),
                ),
            ),
            SeedReply(author="fern", text="I hear you, Mara."),
        ),
    ),
    SeedThread(
        group="grief",
        author="ash",
        title="The first birthday without her",
        text=(
            "My sister would have been forty on Sunday. I would like to mark it somehow and do "
            "not know how. What did you do with days like this?"
        ),
        reply_wanted="similar-experience",
        replies=(
            SeedReply(
                author="ines",
                text=(
                    "We baked the cake that he always burnt, and burnt it a little on purpose. "
                    "We laughed, and then we did not, and both were all right."
                ),
                reactions=(("ash", "thank-you"), ("mara", "me-too")),
            ),
            SeedReply(
                author="tobias",
                text="I take the bus that she took to work, to the last stop and back.",
                replies=(SeedReply(author="ash", text="I like that. She loved the 14."),),
            ),
        ),
    ),
    SeedThread(
        group="grief",
        author="tobias",
        title="I sang in the choir again",
        text="Two years. Only the second row, and only three songs, but I stayed until the end.",
        reply_wanted="celebrate",
        reactions=(("rowan", "proud"), ("mara", "proud"), ("fern", "proud")),
        replies=(SeedReply(author="rowan", text="Three songs! I am glad that you told us."),),
    ),
    SeedThread(
        group="newcomers",
        author="fern",
        title="Hello from the back row",
        text="I lost my grandfather in spring. I mostly want to read for now, if that is fine.",
        reply_wanted="just-listening",
        reactions=(("rowan", "hear-you"),),
        replies=(
            SeedReply(author="mara", text="It is more than fine. Good that you are here, Fern."),
        ),
    ),
    SeedThread(
        group="night_shift",
        author="ines",
        title="Who is awake?",
        text="Half past three and the kettle is on. No need to say anything clever.",
        reply_wanted="just-listening",
        replies=(SeedReply(author="ash", text="Me. The street is very quiet."),),
    ),
)

HARBOUR = Community(
    key="Harbour",
    name="Riverside Bereavement Support",
    people=(
        Person("rowan", "Rowan", administrator=True),
        Person("ash", "Ash"),
        Person("mara", "Mara"),
        Person("tobias", "Tobias"),
        Person("ines", "Inês"),
        Person("fern", "Fern"),
    ),
    groups=_GROUPS,
    threads=_THREADS,
    visits=(
        Visit(
            visitor="ines",
            group="carers",
            title="An hour that is mine",
            text="I used to sit in the library and read nothing at all. It counted.",
            reaction="me-too",
        ),
    ),
)
