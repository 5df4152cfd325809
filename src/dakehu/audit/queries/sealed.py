"""The sealed rows, and whether the chain of seals is whole (promise 3)."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Max

from dakehu.audit.choices import Trail
from dakehu.audit.models import Access, Change, Seal
from dakehu.audit.rules import digest_of, sealing_key
from dakehu.audit.values import Break, Verdict

TRAILS: Mapping[str, Any] = {Trail.CHANGE.value: Change, Trail.ACCESS.value: Access}
COLUMNS = {
    subject: [field.attname for field in model._meta.concrete_fields]
    for subject, model in TRAILS.items()
}
ROWS_AT_ONCE = 2000
HEAD = "audit-head.json"


def verify_trails() -> list[Verdict]:
    """Check both trails, each up to its first break (promise 3)."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    keys, head = [sealing_key(secret) for secret in secrets], kept_head()
    return [verdict_on(subject, keys=keys, head=head) for subject in TRAILS]


def kept_head() -> dict[str, Any]:
    """Return the newest links as the home folder has them; nothing before the first sealing."""
    path = head_path()
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


def head_path() -> Path:
    """Return where the newest links are kept."""
    return Path(settings.HOME) / HEAD


def rows_between(subject: str, first: int, last: int) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a trail from one number to another, in their order."""
    found = TRAILS[subject].objects.filter(pk__range=(first, last)).order_by("pk")
    yield from found.values_list(*COLUMNS[subject]).iterator(chunk_size=ROWS_AT_ONCE)


def last_seal(subject: str) -> Seal | None:
    """Return the newest link of a trail's chain."""
    found: Seal | None = Seal.objects.filter(subject=subject).order_by("last_id").last()
    return found


def verdict_on(subject: str, *, keys: Sequence[bytes], head: Mapping[str, Any]) -> Verdict:
    """
    Tell whether a trail is as it was sealed, link after link, up to the first that is broken.

    ``keys`` are the present key and earlier ones. ``head`` is the newest link as it was kept
    outside the database; it tells whether links were taken from the end.
    """
    before, expected, rows = "", 1, 0
    last: Seal | None = None
    for seal in Seal.objects.filter(subject=subject).order_by("first_id").iterator():
        if broken := break_in(seal, before=before, expected=expected, keys=keys):
            return Verdict(subject, rows, 0, broken)
        before, expected, rows, last = seal.digest, seal.last_id + 1, rows + seal.rows, seal
    if broken := break_at_head(subject, head):
        return Verdict(subject, rows, 0, broken)
    unsealed = TRAILS[subject].objects.filter(pk__gte=expected).count()
    return Verdict(subject, rows, unsealed, None, is_anchored=last is None or subject in head)


def break_in(seal: Seal, *, before: str, expected: int, keys: Sequence[bytes]) -> Break | None:
    """Return what is wrong with one link; nothing if it is whole."""
    if seal.first_id != expected:
        return Break("LINK_MISSING", expected, seal.first_id - 1)
    for key in keys:
        digest, count = digest_of(
            key,
            subject=seal.subject,
            first=seal.first_id,
            last=seal.last_id,
            before=before,
            rows=rows_between(seal.subject, seal.first_id, seal.last_id),
        )
        if digest == seal.digest and count == seal.rows:
            return None
    if count < seal.rows:
        return Break("ROWS_MISSING", seal.first_id, seal.last_id, seal.rows - count)
    if count > seal.rows:
        return Break("ROWS_ADDED", seal.first_id, seal.last_id, count - seal.rows)
    return Break("ROWS_ALTERED", seal.first_id, seal.last_id)


def break_at_head(subject: str, head: Mapping[str, Any]) -> Break | None:
    """Return what is missing at the end of the chain, by the head that was kept elsewhere."""
    kept = head.get(subject)
    if not kept or is_in_chain(subject, kept):
        return None
    left = Seal.objects.filter(subject=subject, last_id__lt=kept["last_id"])
    last = left.aggregate(last=Max("last_id"))["last"] or 0
    return Break("END_MISSING", last + 1, kept["last_id"])


def is_in_chain(subject: str, head: Mapping[str, Any]) -> bool:
    """Tell whether the chain of a trail still has the link that was its newest once."""
    seals = Seal.objects.filter(subject=subject, last_id=head["last_id"], digest=head["digest"])
    return bool(seals.exists())
