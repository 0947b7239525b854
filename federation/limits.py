"""How much of anything we take from another node, and how long we wait for it.

Every number that protects the node from a peer stands here with its unit, so that an operator or a
reviewer reads one page. Each has a test in which it refuses.
"""

from typing import Final

from federation.errors import TooManyFetches

# --- one exchange ------------------------------------------------------------------------------
MAX_BODY: Final = 1024 * 1024
"""Bytes of one JSON document, inbound or fetched, counted before and after unpacking."""
MAX_DEPTH: Final = 32
"""Levels of nested JSON arrays and objects."""
MAX_POST_REPLY: Final = 64 * 1024
"""Bytes we keep of the answer to a delivery; what follows is dropped with the connection."""
MAX_URL: Final = 2048
"""Characters of a URL that we fetch, post to, or follow in a redirect."""
MAX_REDIRECTS: Final = 3
"""Redirects followed by one GET: four requests at most. A POST follows none."""
TOTAL_TIMEOUT: Final = 10.0
"""Seconds for one whole call: name look-up, connection, TLS, every redirect, the last byte."""
MAX_ADDRESSES: Final = 8
"""Addresses of one name that we try; the rest of a long DNS answer is not looked at."""
DNS_THREADS: Final = 16
"""Name look-ups under way at once. A stuck resolver holds these threads and nothing else."""
DNS_CACHE: Final = 60
"""Seconds a name's addresses are kept. Safe, since every new socket is checked again."""
MAX_CONNECTIONS: Final = 500
"""Connections to peers in use at once; idle ones wait beside them until KEEPALIVE ends."""
MAX_CONNECTIONS_PER_HOST: Final = 32
"""Connections to one peer in use at once."""
KEEPALIVE: Final = 60.0
"""Seconds an idle connection to a peer stays warm: a TLS handshake costs five signatures."""

# --- one activity ------------------------------------------------------------------------------
FETCHES_PER_ACTIVITY: Final = 20
"""Fetches that one inbound activity may cause, its thread and its actors together."""
MAX_AUDIENCE: Final = 100
"""Entries of each of `to` and `cc` that are looked at."""
MAX_TAGS: Final = 100
"""Entries of `tag` (mentions, hashtags, emoji) that are looked at."""
MAX_ATTACHMENTS: Final = 100
"""Entries of `attachment` that are looked at."""

# --- signatures and keys -----------------------------------------------------------------------
SIGNATURE_WINDOW: Final = 3600
"""Seconds a signature's time may differ from ours, to either side."""
KEY_FETCHES_PER_HOST: Final = 5
"""Failed key fetches from one host within KEY_FETCH_WINDOW; further ones fail at once."""
KEY_FETCH_WINDOW: Final = 600
"""Seconds over which failed key fetches are counted, and a key's absence is remembered."""

# --- one field ---------------------------------------------------------------------------------
MAX_ID: Final = 2048
"""Characters of an id, as of any URL."""
MAX_HANDLE: Final = 64
"""Characters of a `preferredUsername`."""
MAX_NAME: Final = 100
"""Characters of a display name of a person or group."""
MAX_TITLE: Final = 200
"""Characters of a thread's title."""
MAX_SUMMARY: Final = 200
"""Characters of a content warning."""
MAX_BIO: Final = 10_000
"""Characters of the description of a person or group, as HTML."""
MAX_CONTENT: Final = 50_000
"""Characters of the source text of a post. Lemmy and Mastodon forks allow bodies of this size."""
MAX_TAG_NAME: Final = 100
"""Characters of one hashtag, emoji shortcode or mention."""
MAX_ALT_TEXT: Final = 1_500
"""Characters of an attachment's description."""
MAX_REPORT_TEXT: Final = 5_000
"""Characters of the reason given in a Flag."""


class FetchBudget:
    """The fetches that one inbound activity may still cause.

    Handed along while an activity's thread, actors and objects are resolved, so that a chain of
    10,000 `inReplyTo` ends after FETCHES_PER_ACTIVITY requests (OUT-11).
    """

    __slots__ = ("_allowed", "left")

    def __init__(self, allowed: int = FETCHES_PER_ACTIVITY) -> None:
        self._allowed = allowed
        self.left = allowed

    def spend(self, url: str) -> None:
        """Take one fetch for `url`, or raise TooManyFetches and leave the budget at zero."""
        if self.left <= 0:
            raise TooManyFetches(f"no fetch left of {self._allowed}; {url[:200]} is not fetched")
        self.left -= 1
