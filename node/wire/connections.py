"""How a connection of a stranger is treated before any handler sees a request.

    runner = web.AppRunner(app, **connection_options())

Bodies are handed on as they are on the wire, packed or not: a digest is over those bytes, and
whatever unpacks by itself can be made to unpack a thousandfold (SIG-17, DOS-02). A peer that goes
on sending what was refused is not listened to for long. And what others get wrong is no error of
ours, so it is one line in the log and not a traceback.
"""

import logging
from typing import Any, Final

from aiohttp.http_exceptions import HttpProcessingError

LINGER: Final = 2.0
"""Seconds in which the rest of a refused body is thrown away, so that the refusal can arrive."""

_log = logging.getLogger("node.wire.connections")


def connection_options() -> dict[str, Any]:
    """Arguments for `web.AppRunner`."""
    return {"auto_decompress": False, "lingering_time": LINGER, "logger": _log}


class _FaultsOfOthers(logging.Filter):
    """Turns the record of a malformed request into one line at level INFO."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if not isinstance(error, HttpProcessingError) or not 400 <= error.code < 500:
            return True
        record.levelno, record.levelname = logging.INFO, "INFO"
        record.msg, record.args = "a request could not be read: %s", (type(error).__name__,)
        record.exc_info = record.exc_text = None
        return _log.isEnabledFor(logging.INFO)


_log.addFilter(_FaultsOfOthers())
