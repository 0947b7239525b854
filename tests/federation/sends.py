"""What tests of delivery share: things of alice's to send, and the rows they leave."""

from storage.deliveries import Delivery
from storage.peers import Peer as PeerRow
from storage.unit_of_work import UnitOfWork
from tests.federation.peer import CONTEXT, PUBLIC, Peer
from tests.federation.us import Us


async def publish(
    node: Us,
    *peers: Peer,
    kind: str = "Create",
    about: str = "https://us.example/posts/1",
    inbox: str = "/inbox",
) -> str:
    """Alice says something about a post of hers to the shared inboxes of some peers; its URI."""
    _, uri = node.outbox.new_activity_uri()
    document = {
        "@context": CONTEXT[0],
        "id": uri,
        "type": kind,
        "actor": node.alice.uri,
        "object": about,
        "to": [PUBLIC],
    }
    inboxes = [(peer.authority, peer.origin + inbox) for peer in peers]

    def write(uow: UnitOfWork) -> None:
        node.outbox.publish(
            uow, actor=node.alice, document=document, inboxes=inboxes, root=about, object_uri=about
        )

    await node.db.write(write)
    return uri


async def delivery(node: Us, uri: str, number: int = 0) -> Delivery:
    """A delivery of the activity with this URI."""

    def read(uow: UnitOfWork) -> Delivery:
        activity = uow.activities.by_uri(uri)
        assert activity is not None
        return uow.deliveries.of_activity(activity.id)[number]

    return await node.db.read(read)


async def row(node: Us, peer: Peer) -> PeerRow:
    """What we know of a peer."""
    found = await node.db.read(lambda uow: uow.peers.by_authority(peer.authority))
    assert found is not None
    return found


def types(peer: Peer) -> list[str]:
    """The types of what a peer has taken, in order."""
    return [document["type"] for _, document in peer.delivered]
