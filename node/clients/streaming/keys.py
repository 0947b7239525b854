"""Where streams find what they need in the application."""

from aiohttp import web

from node.clients.streaming.hub import Hub
from node.clients.streaming.reader import EventReader

HUB = web.AppKey("stream-hub", Hub)
EVENTS = web.AppKey("stream-events", EventReader)
