"""Where pages find the use cases of profiles in the application."""

from node.profiles.service import Profiles
from node.web.keys import AppKey

PROFILES = AppKey("profiles", Profiles)
