"""Where the pages of personas find their use cases in the application."""

from node.personas.anonymous import Anonymous
from node.personas.service import Personas
from node.ports import NewKeys
from node.web.keys import AppKey

PERSONAS = AppKey("personas", Personas)
ANONYMOUS = AppKey("anonymous", Anonymous)
NEW_KEYS = AppKey[NewKeys]("persona-keys")
