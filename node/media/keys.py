"""Where pages find what they need of pictures in the application."""

from node.media.pictures import Pictures
from node.media.service import Media
from node.web.keys import AppKey

MEDIA = AppKey("media", Media)
PICTURES = AppKey("pictures", Pictures)
