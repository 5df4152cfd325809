"""
Keeping the words told of customers and contacts true to their records (V1, promise 7).

The files of a night change records without telling; :func:`refresh_words` then compares every
record with the text that its words were made from. What people change is told at once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models, transaction
from django.db.models.functions import Concat, Length, Right

from dakehu.common import words as rules
from dakehu.common.batches import batched
from dakehu.customers.choices import CustomerKind
from dakehu.customers.models import Contact, ContactWords, Customer, CustomerWords

BATCH = 20_000
# So many new records are told of while somebody waits.
AT_ONCE = 500
# No name or number holds it.
SEPARATOR = "\x1f"
# Of a shorter number nothing is shown when it is masked, so nothing may be told of it.
SHORTEST_WITH_TAIL = 8
NOTHING = models.Value("", output_field=models.TextField())


@dataclass(frozen=True)
class Subject:
    """Records that words are told of: their model, where the words lie, mark and number."""

    model: type[models.Model]
    words: type[models.Model]
    mark: models.expressions.Combinable
    number: models.expressions.Combinable

    @property
    def source(self) -> Concat:
        """The text that the words of a record are made from."""
        tail = models.Case(
            models.When(
                models.Q(length__gte=SHORTEST_WITH_TAIL), then=Right("phone", rules.TAIL_LENGTH)
            ),
            default=NOTHING,
            output_field=models.TextField(),
        )
        parts = (models.Value(str(rules.VERSION)), self.mark, self.number, tail, models.F("name"))
        spaced = [part for each in parts for part in (each, models.Value(SEPARATOR))]
        return Concat(*spaced[:-1], output_field=models.TextField())

    def outdated(self) -> Any:
        """Return number and source of the records whose words were made from another source."""
        rows: models.QuerySet[Any] = self.model._base_manager.order_by("pk")
        sourced = rows.alias(length=Length("phone")).annotate(source=self.source)
        outdated = sourced.exclude(told__source=models.F("source"))
        return outdated.values_list("pk", "source")


# Individuals have no mark: they are nearly all, and would make the index twice as long.
CUSTOMERS = Subject(
    model=Customer,
    words=CustomerWords,
    mark=models.Case(
        models.When(kind=CustomerKind.INDIVIDUAL, then=NOTHING),
        default=models.F("kind"),
        output_field=models.TextField(),
    ),
    number=models.F("number"),
)
CONTACTS = Subject(model=Contact, words=ContactWords, mark=NOTHING, number=NOTHING)
SUBJECTS = (CUSTOMERS, CONTACTS)


def refresh_words() -> int:
    """
    Tell anew of every record whose words are not those of its present text.

    Works through the records in the order of their numbers, a batch in a transaction of its own,
    so that it can be stopped and taken again. Returns how many records were told of.
    """
    count = sum(refresh(subject) for subject in SUBJECTS)
    if count >= BATCH and connection.vendor == "postgresql":
        settle()
    return count


def refresh(subject: Subject) -> int:
    """Tell anew of all records of one model."""
    count, last = 0, 0
    while True:
        with transaction.atomic():
            rows = list(subject.outdated().filter(pk__gt=last)[:BATCH])
            write(subject, rows)
        if not rows:
            return count
        count, last = count + len(rows), rows[-1][0]


def tell_again(model: type[models.Model], keys: Iterable[int]) -> None:
    """
    Tell anew of records that people have just written; of other models there is nothing to tell.

    Records beyond those the index of words knows wait for the next night: a search reads them
    from their own table, and the index stays complete up to its last record. Of customers a few
    are told of at once, all that are beyond: people enter one after the other, as the sequence of
    their numbers is locked meanwhile, so that none with a lower key can turn up later.
    """
    for subject in SUBJECTS:
        if subject.model is not model:
            continue
        last = subject.words._base_manager.aggregate(last=models.Max("pk"))["last"] or 0
        for batch in batched(sorted(key for key in keys if key <= last), BATCH):
            write(subject, list(subject.outdated().filter(pk__in=batch)))
        if subject is CUSTOMERS and any(key > last for key in keys):
            tell_beyond(subject, last)


def tell_beyond(subject: Subject, last: int) -> None:
    """Tell of the records beyond the last one told, in the order of their keys, if few."""
    rows = list(subject.outdated().filter(pk__gt=last)[: AT_ONCE + 1])
    if len(rows) <= AT_ONCE:
        write(subject, rows)


def write(subject: Subject, rows: Sequence[tuple[int, str]]) -> None:
    """Store the words of records, given by number and source."""
    table = subject.words._meta.db_table
    placeholder = subject.words._meta.get_field("words").get_placeholder(None, None, connection)  # type: ignore[union-attr]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (record_id, source, words) VALUES (%s, %s, {placeholder}) "
            "ON CONFLICT (record_id) DO UPDATE "
            "SET source = excluded.source, words = excluded.words",
            [(key, source, told_of(source)) for key, source in rows],
        )


def told_of(source: str) -> str:
    """Return the words told of a record with this source."""
    _version, mark, number, tail, name = source.split(SEPARATOR, 4)
    return rules.told_words(mark=mark, number=number, name=name, tail=tail)


def settle() -> None:
    """Let PostgreSQL sort in what it put off, and count what it has, after a large refresh."""
    with connection.cursor() as cursor:
        for subject in SUBJECTS:
            table = subject.words._meta.db_table
            cursor.execute(f"SELECT gin_clean_pending_list('{table}_told')")
            cursor.execute(f"ANALYZE {table}")
