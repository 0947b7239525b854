"""Where doors and pages find the use cases of reading in the application."""

from node.reading.service import Reading
from node.web.keys import AppKey

READING = AppKey("reading", Reading)
