"""What a person writes from an app for later: it waits sealed, and its author reads it again."""

from datetime import UTC, datetime, timedelta

from tests.canary.stage import Stage

V1 = "/api/v1"


async def put_off(stage: Stage) -> None:
    """Bea's post for tomorrow."""
    bea = stage.browsers["bea"]
    due = datetime.now(UTC) + timedelta(days=1)
    made = await bea.call(
        "POST",
        f"{V1}/statuses",
        {
            "status": stage.word("text of a post for later"),
            "spoiler_text": stage.word("warning of a post for later"),
            "visibility": "private",
            "scheduled_at": due.isoformat(),
        },
    )
    await bea.call("GET", f"{V1}/scheduled_statuses")
    await bea.call("GET", f"{V1}/scheduled_statuses/{made['id']}")
    stage.private_ids.add(made["id"])
