"""Every table is looked at: what it holds of a person is exported and erased, or it is said why."""

from node.retention import RETENTION
from storage.personal import IMPERSONAL, PERSONAL
from storage.tables import metadata


def test_prv_21_no_table_with_personal_data_is_forgotten() -> None:
    listed = [one.table for one in PERSONAL]
    assert len(listed) == len(set(listed))
    assert set(metadata.tables) - set(listed) - IMPERSONAL.keys() == set(), "list them"
    assert set(listed) - set(metadata.tables) == set(), "these are no more"
    assert not set(listed) & IMPERSONAL.keys()


def test_what_refers_to_an_account_or_an_actor_is_personal() -> None:
    for name in IMPERSONAL:
        targets = {
            key.column.table.name
            for column in metadata.tables[name].columns
            for key in column.foreign_keys
        }
        assert not targets & {"accounts", "actors", "personas"}, name


def test_columns_that_say_whose_a_row_is_are_there() -> None:
    for one in PERSONAL:
        for column in (one.account, *one.persona):
            assert column is None or column in metadata.tables[one.table].columns, one.table


def test_every_rule_of_retention_is_named_once() -> None:
    assert len({rule.what for rule in RETENTION}) == len(RETENTION)
