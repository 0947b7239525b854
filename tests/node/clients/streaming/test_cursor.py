"""No event is lost and none told twice, in whatever order transactions commit."""

from node.clients.streaming.cursor import GAP_SECONDS, Cursor
from storage.events import Event


def event(number: int) -> Event:
    return Event(id=number, kind="filters", object_id=1, actor_id=1, place_id=0)


def taken(cursor: Cursor, *numbers: int, at: float = 0.0) -> list[int]:
    return [one.id for one in cursor.take([event(number) for number in numbers], at)]


def test_what_commits_late_is_taken_when_it_comes() -> None:
    cursor = Cursor()
    cursor.start(3, [1, 3], 0)
    assert cursor.top == 3
    assert set(cursor.gaps) == {2}
    assert taken(cursor, 4, 7) == [4, 7]
    assert set(cursor.gaps) == {2, 5, 6}
    assert taken(cursor, 2, 6) == [2, 6]
    assert taken(cursor, 2, 6, 7) == []
    assert set(cursor.gaps) == {5}


def test_what_was_rolled_back_is_not_waited_for_for_ever() -> None:
    cursor = Cursor()
    cursor.start(0, [], 0)
    assert taken(cursor, 2, at=10) == [2]
    assert taken(cursor, at=10 + GAP_SECONDS) == []
    assert set(cursor.gaps) == {1}
    assert taken(cursor, at=11 + GAP_SECONDS) == []
    assert set(cursor.gaps) == set()


def test_a_new_reader_hears_nothing_of_what_was_before() -> None:
    cursor = Cursor()
    cursor.start(5, [1, 2, 3, 4, 5], 0)
    assert taken(cursor, 1, 5) == []
    assert taken(cursor, 6) == [6]
