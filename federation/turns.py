"""Who waits for whom within one batch of receipts.

A reply often arrives in the same moment as what it answers. Without this, both would be worked on
at once, and the second would ask another node for a post that lies in the next receipt.
"""

import asyncio


class Turns:
    """The objects that a batch is about, and whether their receipts are dealt with."""

    def __init__(self) -> None:
        self._about: dict[str, list[int]] = {}
        self._over: dict[int, asyncio.Event] = {}

    def announce(self, receipt_id: int, object_uri: str) -> None:
        """This receipt is about that object."""
        self._about.setdefault(object_uri, []).append(receipt_id)
        self._over[receipt_id] = asyncio.Event()

    def over(self, receipt_id: int) -> None:
        """Whoever waits for this receipt may go on."""
        self._over[receipt_id].set()

    async def wait_for(self, object_uris: tuple[str, ...], before: int) -> bool:
        """Wait for the receipts about these objects that came before receipt `before`.

        Only earlier ones are waited for, so that nobody waits in a circle. False if there was none.
        """
        earlier = [
            receipt_id
            for uri in object_uris
            for receipt_id in self._about.get(uri, ())
            if receipt_id < before
        ]
        for receipt_id in earlier:
            await self._over[receipt_id].wait()
        return bool(earlier)
