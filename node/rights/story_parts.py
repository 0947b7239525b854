"""The part of a copy that holds a person's stories, told and not, and for which groups they keep
those of others."""

from typing import Any, Final

from node.i18n import N_
from node.rights.parts import Exporter, Owner, Part, at_once, when
from storage.unit_of_work import UnitOfWork


def stories(uow: UnitOfWork, owner: Owner) -> list[Part]:
    handles = {persona.id: persona.handle for persona in owner.personas}
    parts = [
        Part(
            handles.get(one.persona_id, ""),
            {
                "state": one.state,
                "title": one.words.title,
                "text": one.words.text,
                "contentWarning": one.words.content_warning,
                "language": one.words.language,
                "topics": list(one.words.topics),
                "helped": [*one.words.helped, *one.words.others],
                "cards": list(one.words.cards),
                "agreed": when(one.consented_at),
                "takenBack": when(one.withdrawn_at),
            },
        )
        for one in uow.stories.of_account(owner.account.id)
    ]
    for persona in owner.personas:
        for group_id in sorted(uow.stories.keeps_for(persona.id)):
            group = uow.groups.get(group_id)
            item: dict[str, Any] = {"keepsStoriesOf": group.actor.uri if group else None}
            parts.append(Part(persona.handle, item))
    return parts


STORIES: Final = (Exporter("stories", N_("Your stories"), at_once(stories), "/stories/mine"),)
