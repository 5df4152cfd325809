"""
Keeping the indexes of customers out of the way of a first load.

Keeping six indexes row by row takes a first load as long as all else it does; building them once
from what is loaded takes a tenth of that. They are put off while a load brings far more customers
than are known, when nobody looks anything up yet. Whoever is killed in between leaves records that
are right but looked up slowly; the next load builds what is missing.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, models

from dakehu.customers.models import Customer

# Below this, building indexes anew saves nothing worth a lock on the table.
LARGE = 50_000
# So many times the known customers must be coming.
TIMES = 4


@contextmanager
def indexes_put_off(*, coming: int) -> Iterator[None]:
    """
    Let a load of ``coming`` subscribers run without the indexes of customers, if it is a first.

    Afterwards every index is there, also one that an earlier load left missing.
    """
    if coming >= LARGE and Customer.objects.count() * TIMES < coming:
        change([f"DROP INDEX {index.name}" for index in own_indexes(present=True)])
    else:
        build_missing()
    try:
        yield
    finally:
        build_missing()


def build_missing() -> None:
    """Build the indexes of customers that the database lacks."""
    editor = connection.schema_editor(collect_sql=True)
    change([str(index.create_sql(Customer, editor)) for index in own_indexes(present=False)])


def own_indexes(*, present: bool) -> list[models.Index]:
    """Return the indexes of customers that the database has, or lacks; constraints are none."""
    with connection.cursor() as cursor:
        names = connection.introspection.get_constraints(cursor, Customer._meta.db_table)
    return [index for index in Customer._meta.indexes if (index.name in names) == present]


def change(statements: list[str]) -> None:
    """Carry out changes of the schema."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
