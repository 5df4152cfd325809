"""Writing down what happened, in the very transaction in which it does (outbox)."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import uuid4

from dakehu.hooks.models import Event
from dakehu.hooks.queries import wanted_kinds
from dakehu.hooks.values import Happened


def publish(happened: Iterable[Happened], tell: Callable[[], Mapping[str, Any]]) -> int:
    """
    Keep what happened for those who want to be told, and return how much that was.

    ``tell`` returns the object as other systems read it, without names and numbers of people; it
    is asked only if somebody wants to know. Nobody does: nothing is written. The object is under
    lock, or nobody else knows it yet: so its events are numbered in their order.
    """
    wanted = wanted_kinds()
    rows = [each for each in happened if each.kind in wanted] if wanted else []
    if not rows:
        return 0
    data = dict(tell())
    Event.objects.bulk_create([event_of(each, data) for each in rows])
    return len(rows)


def event_of(each: Happened, data: dict[str, Any]) -> Event:
    """Return an event that is not stored yet."""
    return Event(
        code=f"evt_{uuid4().hex}",
        kind=each.kind,
        at=each.at,
        subject=each.subject,
        subject_id=each.pk,
        number=each.number,
        object_version=each.version,
        unit_id=each.unit_id,
        data=data,
    )
