"""The active filter in words: one chip per field, each with a link that removes it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dakehu.ui.lists.addresses import Address
from dakehu.ui.picking import PickField

SUFFIXES = ("", "_after", "_before", "_min", "_max", "_lookup")


@dataclass(frozen=True)
class Chip:
    """One active filter field: its label, its value in words and the list without it."""

    label: str
    value: str
    url: str


def chips_of(form: forms.Form, address: Address) -> tuple[Chip, ...]:
    """Return a chip for every filter field that narrows the list."""
    if not hasattr(form, "cleaned_data"):
        return ()
    chips = []
    for name, value in form.cleaned_data.items():
        shown = in_words(form.fields[name], value)
        if shown:
            names = [name + suffix for suffix in SUFFIXES]
            chips.append(Chip(str(form[name].label), shown, address.without(*names)))
    return tuple(chips)


def in_words(field: forms.Field, value: Any) -> str:
    """Return a filter value as a person would say it; nothing if it does not filter."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(field, PickField):
        return field.in_words(value)
    if isinstance(value, str) and value == getattr(field, "null_value", None):
        return str(field.null_label)  # type: ignore[attr-defined]
    if isinstance(value, slice):
        return range_words(value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list | tuple | set):
        return "、".join(in_words(field, one) for one in value)
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        return choice_words(field, value)
    return single_words(value)


def range_words(value: slice) -> str:
    """Return "from – to" with an open end left empty."""
    if value.start is None and value.stop is None:
        return ""
    return f"{single_words(value.start)} – {single_words(value.stop)}".strip()


def single_words(value: Any) -> str:
    """Return one value; dates without their time."""
    if value is None:
        return ""
    if isinstance(value, date | datetime):
        return date_format(value, "Y-m-d")
    return str(value)


def choice_words(field: forms.ChoiceField, value: Any) -> str:
    """Return the label of a chosen value."""
    labels = {str(key): str(label) for key, label in flat_choices(field.choices)}
    return labels.get(str(value), str(value))


def flat_choices(choices: Any) -> list[tuple[Any, Any]]:
    """Return choices without their groups."""
    flat: list[tuple[Any, Any]] = []
    for key, label in choices:
        flat.extend(label if isinstance(label, list | tuple) else [(key, label)])
    return flat
