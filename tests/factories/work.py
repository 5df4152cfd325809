"""What people wrote down of their work."""

from datetime import UTC, datetime
from typing import Any

from dakehu.worklist.models import WorkCategory, WorkEntry

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


def category(name: str = "客户走访", name_en: str = "Visit") -> WorkCategory:
    """Return a class of work; those of the migrations are gone after a flush."""
    return WorkCategory.objects.get_or_create(name=name, defaults={"name_en": name_en})[0]


def unsaved_work(**options: Any) -> WorkEntry:
    """Return an entry that nobody has kept yet."""
    values = {"category": category(), "at": AT, "minutes": 40, "text": "拜访信息中心", **options}
    return WorkEntry(**values)


def make_work(staff: Any, **options: Any) -> WorkEntry:
    """Return an entry of somebody's log."""
    entry = unsaved_work(staff=staff, unit=staff.unit, **options)
    entry.save()
    return entry
