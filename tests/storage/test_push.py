"""Devices and what waits for them, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from storage.database import Database, UnitOfWork
from storage.notifications import Notification
from storage.push import PushDelivery, PushSubscription
from storage.tables import push_deliveries, push_subscriptions
from storage.tokens import AccessToken
from tests.storage.rows import NOW, an_actor

ANN, BEN = 1, 2
SOON = NOW + timedelta(seconds=30)


def a_device(
    id: int, token: int, persona: int = ANN, host: str = "push.example"
) -> PushSubscription:
    return PushSubscription(
        id=id,
        token_id=token,
        persona_id=persona,
        endpoint=f"https://{host}/secret-path",
        p256dh="key",
        auth="secret",
        alerts=frozenset({"mention", "follow"}),
        policy="all",
        created_at=NOW,
    )


def a_token(id: int, persona: int) -> AccessToken:
    return AccessToken(
        id=id,
        token_hash=bytes([id]),
        persona_id=persona,
        scopes="push",
        label="app",
        created_at=NOW,
    )


def tell(uow: UnitOfWork, number: int, kind: str = "reply") -> None:
    uow.notifications.add(
        Notification(id=number, persona_id=ANN, kind="reply", by_id=BEN, created_at=NOW)
    )


@pytest.fixture
async def place(database: Database) -> Database:
    def settle(uow: UnitOfWork) -> None:
        uow.actors.add(an_actor(ANN))
        uow.actors.add(an_actor(BEN))
        uow.tokens.add(a_token(5, ANN))
        uow.tokens.add(a_token(6, ANN))
        uow.push.put(a_device(50, 5))
        uow.push.put(a_device(60, 6, host="other.example"))

    await database.write(settle)
    return database


async def test_a_device_is_kept_sealed_and_read_as_it_was(place: Database) -> None:
    assert await place.read(lambda uow: uow.push.by_token(5)) == a_device(50, 5)
    assert await place.read(lambda uow: uow.push.by_token(7)) is None
    rows = await place.read(
        lambda uow: repr(uow.connection.execute(select(push_subscriptions)).all())
    )
    assert "secret" not in rows
    assert "push.example" not in rows


async def test_who_is_told_has_a_row_for_each_device(place: Database) -> None:
    await place.write(lambda uow: tell(uow, 500))
    claimed = await place.write(lambda uow: uow.push.claim(NOW, SOON, 10))
    assert [(one.subscription_id, one.attempts) for one in claimed] == [(50, 1), (60, 1)]
    assert await place.write(lambda uow: uow.push.claim(NOW, SOON, 10)) == []
    assert await place.read(lambda uow: uow.push.next_due()) == SOON

    def go_on(uow: UnitOfWork) -> None:
        uow.push.finish([(50, 500)])
        uow.push.postpone(claimed[1], SOON)

    await place.write(go_on)
    assert await place.write(lambda uow: uow.push.claim(NOW, SOON, 10)) == []
    later = await place.write(lambda uow: uow.push.claim(SOON, SOON + timedelta(seconds=1), 10))
    assert later == [PushDelivery(subscription_id=60, notification_id=500, attempts=2)]
    await place.write(lambda uow: uow.push.release([(60, 500)]))
    again = await place.write(lambda uow: uow.push.claim(SOON, SOON + timedelta(seconds=1), 10))
    assert again == later


async def test_a_new_device_of_an_app_takes_the_place_of_the_old_one(place: Database) -> None:
    await place.write(lambda uow: tell(uow, 500))
    await place.write(lambda uow: uow.push.put(a_device(51, 5, host="new.example")))
    assert await place.read(lambda uow: uow.push.by_token(5)) == a_device(51, 5, host="new.example")
    claimed = await place.write(lambda uow: uow.push.claim(NOW, SOON, 10))
    assert [one.subscription_id for one in claimed] == [60]


async def test_a_device_goes_with_its_token_and_its_persona(place: Database) -> None:
    await place.write(lambda uow: tell(uow, 500))
    await place.write(lambda uow: uow.tokens.revoke(5, NOW))
    assert await place.write(lambda uow: uow.push.drop_dead(10)) == 1
    assert await place.read(lambda uow: uow.push.by_token(5)) is None
    await place.write(lambda uow: uow.push.forget_persona(ANN))
    assert await place.read(lambda uow: uow.push.by_token(6)) is None
    left = await place.read(lambda uow: uow.connection.execute(select(push_deliveries)).all())
    assert left == []


async def test_old_news_is_forgotten(place: Database) -> None:
    await place.write(lambda uow: tell(uow, 500))
    assert await place.write(lambda uow: uow.push.prune(NOW, 10)) == 0
    assert await place.write(lambda uow: uow.push.prune(NOW + timedelta(days=1), 10)) == 2


async def test_a_person_chooses_whether_names_are_said(place: Database) -> None:
    assert not await place.read(lambda uow: uow.push.wants_names(ANN))
    await place.write(lambda uow: uow.push.choose_names(ANN, True))
    assert await place.read(lambda uow: uow.push.wants_names(ANN))
    await place.write(lambda uow: uow.push.choose_names(ANN, False))
    assert not await place.read(lambda uow: uow.push.wants_names(ANN))
