"""The values of the log in words: codes by their labels, yes and no, days and instants (P8)."""

from datetime import datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _


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
    field = field_of(model, name)
    labels = dict(getattr(field, "flatchoices", ()) or ())
    if logged in labels:
        return str(labels[logged])
    if isinstance(field, models.DateTimeField):
        return instant_words(logged)
    return str(logged)


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
