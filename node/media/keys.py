"""Where pages find what they need of pictures in the application."""

from node.media.pictures import Pictures
from node.media.posting import MayRead
from node.media.remote import RemotePictures
from node.media.service import Media
from node.media.uploads import Uploads
from node.web.keys import AppKey

MEDIA = AppKey("media", Media)
PICTURES = AppKey("pictures", Pictures)
UPLOADS = AppKey("uploads", Uploads)
REMOTE_PICTURES = AppKey("remote-pictures", RemotePictures)
MAY_READ = AppKey[MayRead]("may-read")
