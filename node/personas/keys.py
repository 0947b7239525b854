"""Where the pages of personas find their use cases in the application."""

from node.personas.service import Personas
from node.ports import NewKeys
from node.web.keys import AppKey

PERSONAS = AppKey("personas", Personas)
NEW_KEYS = AppKey[NewKeys]("persona-keys")
