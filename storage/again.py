"""A table that takes part in a statement a second time, under another name.

A name for a table is a name for each of its columns, which for posts comes to 75 KiB. Statements of
one kind therefore share their names, instead of each making its own.
"""

from functools import cache

from sqlalchemy import FromClause, Table


@cache
def again(table: Table, name: str) -> FromClause:
    """The table called `name`. Within one statement each place needs a name of its own, but for
    subqueries side by side, which do not see one another."""
    return table.alias(name)
