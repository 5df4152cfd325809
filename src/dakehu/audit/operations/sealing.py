"""
Sealing what was recorded, so that rewriting it shows (promise 3).

The newest link of each chain is kept in the home folder too: who takes rows and seals from the
end of the database would have to change that file as well.
"""

import json
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max

from dakehu.audit.models import Seal
from dakehu.audit.queries.sealed import (
    TRAILS,
    head_path,
    is_in_chain,
    kept_head,
    last_seal,
    rows_between,
)
from dakehu.audit.rules import digest_of, sealing_key

# A break can be told down to the rows of one link.
ROWS_PER_SEAL = 10_000
LOCK_SECONDS = 60


def seal_trails(*, at: datetime) -> dict[str, int]:
    """
    Seal what was recorded since the last time; return how many rows of each trail.

    :raises OperationalError: if writers did not pause within a minute; the next time seals them.
    """
    key = sealing_key(settings.SECRET_KEY)
    counts = {subject: seal_trail(subject, key=key, at=at) for subject in TRAILS}
    keep_head()
    return counts


def seal_trail(subject: str, *, key: bytes, at: datetime) -> int:
    """
    Seal the rows of a trail that no seal covers yet; return how many there were.

    :raises OperationalError: if writers did not pause within a minute.
    """
    last, count = settled_end(subject), 0
    while (first := next_number(subject)) <= last:
        count += seal_rows(subject, first, last, key=key, at=at)
    return count


@transaction.atomic
def settled_end(subject: str) -> int:
    """
    Return the newest number of a trail below which nothing can appear any more.

    PostgreSQL hands numbers out before their rows are visible. Who may lock the table against
    writers for an instant sees all of them; SQLite has one writer at a time anyway.
    """
    model = TRAILS[subject]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout TO '{LOCK_SECONDS}s'")
            cursor.execute(f"LOCK TABLE {model._meta.db_table} IN SHARE MODE")
    return model.objects.aggregate(last=Max("pk"))["last"] or 0


def next_number(subject: str) -> int:
    """Return the first number that no seal covers."""
    seal = last_seal(subject)
    return seal.last_id + 1 if seal else 1


@transaction.atomic
def seal_rows(subject: str, first: int, last: int, *, key: bytes, at: datetime) -> int:
    """Make the next link of a trail's chain, of at most so many rows; return how many."""
    numbers = TRAILS[subject].objects.filter(pk__range=(first, last)).order_by("pk")
    beyond = numbers.values_list("pk", flat=True)[ROWS_PER_SEAL : ROWS_PER_SEAL + 1].first()
    end = last if beyond is None else beyond - 1
    seal = last_seal(subject)
    digest, count = digest_of(
        key,
        subject=subject,
        first=first,
        last=end,
        before=seal.digest if seal else "",
        rows=rows_between(subject, first, end),
    )
    Seal.objects.create(
        subject=subject, first_id=first, last_id=end, rows=count, digest=digest, at=at
    )
    return count


def keep_head() -> None:
    """
    Write the newest link of each chain into the home folder.

    A head that is in the chain no more stays: it is what tells that the end was cut off, and the
    links of the next night must not cover it.
    """
    kept = kept_head()
    told = {
        subject: {"last_id": seal.last_id, "digest": seal.digest}
        for subject in TRAILS
        if (seal := last_seal(subject))
    }
    told |= {subject: head for subject, head in kept.items() if not is_in_chain(subject, head)}
    aside = head_path().with_suffix(".part")
    aside.write_text(json.dumps(told, indent=1), encoding="utf-8")
    aside.replace(head_path())
