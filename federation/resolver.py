"""Names to addresses, off the event loop and bounded.

A hostile name server can answer late, at length or in circles. Look-ups run in threads of their
own, so that a stuck one delays neither the loop nor the database; answers are cut to a few
addresses; a circle of CNAMEs ends in the system's resolver as a failed look-up. Whether an address
may be called is not decided here but at the socket (`federation.addresses`).
"""

import asyncio
import socket
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from federation.addresses import is_localhost
from federation.limits import DNS_THREADS, MAX_ADDRESSES

Lookup = Callable[[str], Sequence[str]]
"""A blocking look-up: a host name to addresses as text, or OSError."""

_LOOPBACK = ("127.0.0.1", "::1")


def ask_system(host: str) -> list[str]:
    """The addresses of `host` by the system's resolver. Blocks; raises OSError."""
    try:
        answers = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except UnicodeError as error:  # a label that the IDNA codec refuses
        raise OSError(f"not a name for DNS: {host}") from error
    return [str(address[0]) for _, _, _, _, address in answers]


class Names:
    """Looks names up with `lookup`, at most `threads` at once."""

    def __init__(self, lookup: Lookup = ask_system, threads: int = DNS_THREADS) -> None:
        self._lookup = lookup
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="dns")

    async def addresses(self, host: str) -> list[str]:
        """At most MAX_ADDRESSES distinct addresses of `host`, in the order of the answer.

        `localhost` and names below it are loopback without a question (RFC 6761 section 6.3).
        Raises OSError where there is no answer.
        """
        if is_localhost(host):
            return list(_LOOPBACK)
        loop = asyncio.get_running_loop()
        answer = await loop.run_in_executor(self._threads, self._lookup, host)
        return list(dict.fromkeys(answer[:1000]))[:MAX_ADDRESSES]

    def close(self) -> None:
        """Take no more questions. A look-up under way ends by itself, unheard."""
        self._threads.shutdown(wait=False, cancel_futures=True)
