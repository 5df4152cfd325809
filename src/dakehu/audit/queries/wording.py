"""The values of the log in words: codes by their labels, yes and no, days and instants (P8)."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dakehu.audit.choices import VALUE_WORDS, AccessVerb, ChangeVerb
from dakehu.audit.fields import CodesField
from dakehu.audit.queries.naming import FIELD_WORDS
from dakehu.audit.queries.recorded import SECRET
from dakehu.ui.lists.screens import screen_named

# How an export is kept: list, number of rows, names of the filters.
NOTHING = "–"
TAKEN = re.compile(r"(?P<screen>\S+) (?P<count>\d+) \[(?P<filters>.*)\]")


def words_of(model: type[models.Model] | None, name: str, logged: Any) -> str:
    """
    Return a value of the log in the language of the page; nothing stays empty.

    ``model`` and ``name`` say which field it belongs to; what is unknown there is shown as kept.
    """
    if logged is None or logged == "":
        return ""
    if isinstance(logged, bool):
        return _("Yes") if logged else _("No")
    if isinstance(logged, list | tuple):
        return _(", ").join(str(each) for each in logged)
    if isinstance(logged, dict):
        return _(", ").join(f"{key}: {value}" for key, value in logged.items())
    field = field_of(model, name)
    if isinstance(field, CodesField):
        return _(", ").join(field.words(logged))
    labels = dict(getattr(field, "flatchoices", ()) or ())
    if logged in labels:
        return str(labels[logged])
    if isinstance(field, models.DateTimeField):
        return instant_words(logged)
    return str(logged)


def field_words(name: str) -> str:
    """Return the name of a field in the language of the page; an unknown one as kept."""
    return str(FIELD_WORDS.get(name, name))


def field_of(model: type[models.Model] | None, name: str) -> Any:
    """Return the field of that name, if the model has it."""
    try:
        return model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None


def instant_words(logged: Any) -> str:
    """Return an instant, as it is or as the log keeps it, in the time of the installation."""
    instant = logged if isinstance(logged, datetime) else datetime.fromisoformat(str(logged))
    return date_format(localtime(instant), "Y-m-d H:i")


def told_fields(change: Any) -> Iterator[tuple[str, Any, Any]]:
    """
    Yield the name, the old and the new value of each field that a line of the log tells.

    Of a password or a key nobody is told more than that it changed; where a record begins or ends
    with one, nothing is told.
    """
    for name, (old, new) in change.fields.items():
        if name not in SECRET:
            yield name, old, new
        elif change.verb == ChangeVerb.CHANGED:
            yield name, None, _("changed, not shown")


def changed_words(change: Any) -> str:
    """Return the changed fields of a line of the log, with old and new values, in one text."""
    model = apps.all_models.get(change.subject_type.partition(".")[0], {}).get(
        change.subject_type.partition(".")[2]
    )
    told = []
    for name, old, new in told_fields(change):
        words = words_of(model, name, new) or NOTHING
        was = "" if name in SECRET else f"{words_of(model, name, old) or NOTHING} → "
        told.append(f"{field_words(name)}: {was}{words}")
    return "; ".join(told)


def look_words(verb: str, detail: str) -> str:
    """Return what was seen: the revealed value, the list that was taken away, else as kept."""
    if verb == AccessVerb.REVEALED:
        return str(VALUE_WORDS.get(detail.split(" ")[0], detail))
    taken = TAKEN.fullmatch(detail) if verb == AccessVerb.EXPORTED else None
    if taken is None:
        return detail
    try:
        title = screen_named(taken["screen"]).title
    except KeyError:
        title = taken["screen"]
    words = _("%(count)s rows of “%(list)s”") % {"count": taken["count"], "list": title}
    return f"{words} [{taken['filters']}]" if taken["filters"] else words
