"""Adding to the record of changes (P8) and of access to personal data (promise 3)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from itertools import repeat
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

from dakehu.audit.choices import AccessVerb, ChangeVerb
from dakehu.audit.events import ChangesRecorded
from dakehu.audit.models import Access, Change
from dakehu.common.events import announce
from dakehu.common.masking import Masked

DETAIL_LENGTH = NAME_LENGTH = 200
Written = dict[type[models.Model], set[int]]
_gathered: ContextVar[Written | None] = ContextVar("gathered", default=None)


@contextmanager
def changes_told_together() -> Iterator[None]:
    """
    Announce what is recorded meanwhile once for each model, at the end; nothing if that fails.

    For work on many records within one transaction: whoever listens looks at all of them at once.
    """
    if _gathered.get() is not None:
        yield
        return
    written: Written = defaultdict(set)
    token = _gathered.set(written)
    try:
        yield
    finally:
        _gathered.reset(token)
    tell(written)


def tell(written: Mapping[type[models.Model], set[int]]) -> None:
    """Announce which records were changed, or keep that for whoever announces it together."""
    gathered = _gathered.get()
    for model, keys in written.items():
        if gathered is not None:
            gathered[model] |= keys
        else:
            announce(ChangesRecorded(model, frozenset(keys)))


def record_change(
    *,
    verb: ChangeVerb,
    subject: models.Model,
    fields: Mapping[str, tuple[Any, Any]],
    by: AbstractBaseUser | None,
    at: datetime,
    reason: str = "",
) -> Change:
    """
    Record one change of ``subject``: each changed field's old and new value (P8).

    Call it inside the transaction that makes the change. ``by`` is None for what the nightly run
    does on nobody's behalf. Personal values are kept in their masked form.
    """
    change: Change = Change.objects.create(
        verb=verb,
        fields=plain_fields(fields),
        reason=reason[:DETAIL_LENGTH],
        version=version_of(subject),
        **who_and_what(by, at, subject),
    )
    tell({type(subject): {subject.pk}})
    return change


def record_changes(
    *,
    verb: ChangeVerb,
    changes: Iterable[tuple[models.Model, Mapping[str, tuple[Any, Any]]]],
    by: AbstractBaseUser | None,
    at: datetime,
    reason: str | Sequence[str] = "",
) -> None:
    """
    Record the same act on many records at once, each with its own old and new values (P8).

    ``reason`` is why, for all of them, or one for each.
    """
    reasons = repeat(reason) if isinstance(reason, str) else reason
    written: Written = defaultdict(set)

    def entries() -> Iterator[Change]:
        for (subject, fields), why in zip(changes, reasons, strict=False):
            written[type(subject)].add(subject.pk)
            yield Change(
                verb=verb,
                fields=plain_fields(fields),
                reason=why[:DETAIL_LENGTH],
                version=version_of(subject),
                **who_and_what(by, at, subject),
            )

    Change.objects.bulk_create(entries(), batch_size=500)
    tell(written)


def record_access(
    *,
    verb: AccessVerb,
    by: AbstractBaseUser,
    at: datetime,
    subject: models.Model | None = None,
    detail: str = "",
    purpose: str = "",
) -> Access:
    """
    Record one look at personal data: what was seen, and for which purpose.

    ``subject`` is None for what concerns many records: a search, an export, a sign-in.
    """
    access: Access = Access.objects.create(
        verb=verb,
        detail=detail[:DETAIL_LENGTH],
        purpose=purpose[:DETAIL_LENGTH],
        **who_and_what(by, at, subject),
    )
    return access


def who_and_what(
    by: AbstractBaseUser | None, at: datetime, subject: models.Model | None
) -> dict[str, Any]:
    """Return the columns that every audit row has."""
    return {
        "at": at,
        "actor_id": by.pk if by else None,
        "actor_name": str(by) if by else "",
        "subject_type": subject._meta.label_lower if subject else "",
        "subject_id": subject.pk if subject else None,
        "subject_name": str(subject)[:NAME_LENGTH] if subject else "",
    }


def version_of(subject: models.Model) -> int | None:
    """Return the version of a record after the change; nothing if it counts none."""
    version = getattr(subject, "version", None)
    return version if isinstance(version, int) else None


def plain_fields(fields: Mapping[str, tuple[Any, Any]]) -> dict[str, list[Any]]:
    """Return old and new values as JSON keeps them, personal ones masked."""
    return {
        name: [str(value) if isinstance(value, Masked) else value for value in values]
        for name, values in fields.items()
    }
