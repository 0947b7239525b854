"""Where the pages of stories find their use cases in the application."""

from node.stories.service import Stories
from node.web.keys import AppKey

STORIES = AppKey("stories", Stories)
