"""The repositories of the rooms of what peer support gives: a part of `UnitOfWork`."""

from storage.answering import Answering
from storage.circle_rooms import CircleRepositories
from storage.coping_rooms import CopingRepositories
from storage.directory_repositories import DirectoryRepositories
from storage.help_now import HelpNowRepositories
from storage.own_goals import GoalRepositories
from storage.story_part import StoryRepositories
from storage.welcoming import WelcomingRepositories


class SupportRepositories(
    CircleRepositories,
    CopingRepositories,
    DirectoryRepositories,
    GoalRepositories,
    HelpNowRepositories,
    WelcomingRepositories,
    Answering,
    StoryRepositories,
):
    """All of them. A room adds its own here."""
