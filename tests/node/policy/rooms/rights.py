"""The policy of one's rights over one's data: each for the account that is signed in, alone."""

from node.accounts.secret import digest
from storage.deletions import Deletion
from tests.node.policy.language import EVERYONE, SIGN_IN, Fill, Thing, route
from tests.node.policy.world import World

CODE = "the-code-of-somebody-who-left"


async def receipts(world: World) -> Fill:
    """Of an account that is gone; whoever holds the code may read them."""
    rooms = world.house.node.rooms
    deletion = Deletion(
        id=rooms.new_id(),
        account_id=None,
        code_hash=digest(CODE),
        state="done",
        asked_at=rooms.now(),
        due_at=rooms.now(),
        finished_at=rooms.now(),
        expires_at=rooms.now() + rooms.rights.leaving.limits.receipts,
    )
    await rooms.db.write(lambda uow: uow.deletions.add(deletion))
    return {"code": CODE}


THINGS = [
    Thing("receipts", receipts, {"readers": EVERYONE}),
]

ROUTES = [
    route("GET /settings/data", signed_in=200, anonymous=SIGN_IN),
    route("POST /settings/data", send={"current": ""}, signed_in=422, anonymous=401),
    route("GET /settings/data/copy", signed_in=404, anonymous=SIGN_IN),
    route("GET /settings/leave", signed_in=200, anonymous=SIGN_IN),
    route("POST /settings/leave", send={"current": ""}, signed_in=422, anonymous=401),
    route("POST /settings/leave/stay", signed_in=404, anonymous=401),
    route("GET /deletion/{code}", "receipts", others=200),
]
