"""The whole play: people move in, everything private is said, nodes die and come back, and others
try to learn of it.
"""

import asyncio

from tests import lemmy
from tests.canary import (
    drive_answering,
    drive_apps,
    drive_choices,
    drive_circles,
    drive_coping,
    drive_directory,
    drive_groups,
    drive_help,
    drive_joining,
    drive_listening,
    drive_media,
    drive_messages,
    drive_moderation,
    drive_personas,
    drive_profiles,
    drive_remembering,
    drive_rights,
    drive_stories,
    drive_walking,
    drive_welcoming,
    drive_writing,
)
from tests.canary.pry import pry, welcome
from tests.canary.stage import Mover, Stage
from tests.figures import Figure

Groups = dict[str, tuple[str, str]]
"""By kind of group: its handle and its id."""


async def people(stage: Stage) -> None:
    """Ann, bea, eve and fay belong to what is private; cyd lives on the same node and does not; all
    others live elsewhere."""
    ann = Mover(
        "ann",
        stage.word("account name"),
        password=f"{stage.word('password')} by the river",
        runs_the_node=True,
    )
    here = (
        ann,
        Mover("bea", "bea-signs-in"),
        Mover("eve", "eve-signs-in"),
        drive_personas.FAY,
        Mover("cyd", "cyd-signs-in", belongs=False),
    )
    away = {name: node for name, node in stage.nodes.items() if node is not stage.home}
    await asyncio.gather(
        stage.move_in(stage.home, *here),
        *(
            stage.move_in(node, Mover(f"of_{name}", f"{name}-signs-in", belongs=False))
            for name, node in away.items()
        ),
    )


async def others_join(stage: Stage, handle: str) -> Figure:
    """Somebody from each other node and from the stranger becomes a member of the public group."""
    at = f"!{handle}@{stage.home.authority}"
    for name, node in stage.nodes.items():
        if node is not stage.home:
            away = stage.browsers[f"of_{name}"]
            found = await away.call("POST", "/api/kith/v1/groups/look-up", {"handle": at})
            await away.call("POST", f"/api/kith/v1/groups/{found['id']}/join")
    zoe = stage.stranger.person("zoe")
    follow = lemmy.follow(zoe, f"{stage.home.origin}/groups/{handle}")
    assert await zoe.home.send(zoe.seal(f"{stage.home.origin}/inbox", follow)) == 202
    return zoe


async def live(stage: Stage, groups: Groups) -> None:
    """All that people do in the rooms."""
    await drive_welcoming.receive(stage, *groups["private"])
    await drive_stories.tell(stage, *groups["private"])
    await drive_answering.answer(stage)
    await drive_profiles.write(stage)
    await drive_messages.converse(stage, await drive_messages.get_to_know(stage))
    await drive_messages.converse_as_three(stage)
    await drive_walking.walk(stage)
    await drive_media.show_faces(stage)
    await drive_media.ask_with_a_picture(stage, *groups["private"])
    await drive_choices.choose(stage)
    await drive_remembering.remember(stage)
    await drive_directory.look_for_services(stage)
    await drive_listening.be_heard(stage)
    await drive_writing.put_off(stage)
    await drive_circles.sit_together(stage)
    await drive_coping.keep_what_helps(stage, groups["private"][1])
    await drive_apps.keep_collections(stage)


async def judge_and_leave(stage: Stage, groups: Groups) -> None:
    """Who looks after others, and who goes."""
    await drive_moderation.report(stage, stage.threads["private"])
    await drive_moderation.reveal(stage)
    await drive_help.look_after(stage, stage.threads["private"])
    await drive_personas.have_two_names(stage, groups["public"][0])
    await drive_personas.speak_without_a_name(stage, groups["private"][0])
    await drive_personas.block_and_lift(stage)
    await drive_rights.take_a_copy(stage)
    await drive_personas.leave_for_good(stage)
    await drive_moderation.appeal(stage)
    # Whoever works on reports takes the oldest, so that these come last.
    await drive_choices.keep_away(stage)


async def play(stage: Stage) -> int:
    """All of it; how many requests others tried."""
    await people(stage)
    groups = {
        "public": await drive_groups.found(stage, "public", "commons"),
        "local": await drive_groups.found(stage, "local", "hall"),
        "private": await drive_groups.found(
            stage, "private", stage.word("handle of a private group")
        ),
    }
    # Others may guess the names of these two and ask for them; an answer may repeat what was asked.
    await drive_groups.found(stage, "private", "burrow", "another")
    stage.private_handles |= {"burrow", "hall"}
    zoe = await others_join(stage, groups["public"][0])
    await drive_groups.let_in(stage, groups)
    await drive_joining.let_in(stage, groups["private"][0])
    await drive_joining.withdraw_in_time(stage)
    await stage.rest()
    await drive_apps.subscribe_devices(stage)
    for kind, (handle, number) in groups.items():
        await drive_groups.say(stage, kind, handle, number)
    await live(stage, groups)
    await judge_and_leave(stage, groups)
    stage.home.backup()
    await stage.home.kill()
    await stage.home.start()
    tried = 0
    if len(stage.nodes) > 1:
        tried = await pry(stage, zoe)
    else:
        await welcome(stage)
    await stage.rest()
    drive_apps.devices_heard(stage)
    stage.home.backup()
    return tried
