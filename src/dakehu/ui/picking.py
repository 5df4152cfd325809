"""Picking one record of many by typing: a text box whose suggestions the server sends.

A drop-down of thousands is slow to build and hopeless to read. The box takes a record's own
number, its words as suggested, or one of a few fixed answers such as "nobody".
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

Find = Callable[[str], Any]


class PickInput(forms.TextInput):
    """A text box with suggestions from the address named ``options``."""

    template_name = "ui/widgets/pick.html"

    def __init__(self, options: str, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.options = options
        self.fixed: Mapping[str, Any] = {}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["options_url"] = f"{reverse(self.options)}?box={name}"
        context["widget"]["fixed"] = list(self.fixed.values())
        return context


class PickField(forms.CharField):
    """One record, found by what was typed; or the key of one of the ``fixed`` answers."""

    widget = PickInput

    def __init__(
        self, *, options: str, find: Find, fixed: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(widget=PickInput(options), max_length=120, **kwargs)
        self.find = find
        self.fixed = fixed or {}
        self.widget.fixed = self.fixed

    def clean(self, value: Any) -> Any:
        """Return the record, a fixed answer's key, or None.

        :raises ValidationError: if what was typed is nobody.
        """
        typed = super().clean(value)
        if not typed:
            return None
        if key := self.fixed_key(typed):
            return key
        if found := self.find(typed):
            return found
        raise ValidationError(_("Choose one of the suggestions."))

    def fixed_key(self, typed: str) -> str:
        """Return the key of the fixed answer that was typed by key or in words; else nothing."""
        keys = (key for key, words in self.fixed.items() if typed in {key, str(words)})
        return next(keys, "")

    def prepare_value(self, value: Any) -> Any:
        """Return what the box shows: words, also where an address gave a number or a key."""
        typed = str(value or "")
        if not typed:
            return ""
        return self.in_words(self.fixed_key(typed) or self.find(typed) or typed)

    def in_words(self, value: Any) -> str:
        """Return a picked record, or a fixed answer, as a person would say it."""
        if isinstance(value, str):
            return str(self.fixed.get(value, value))
        return words_of(value)


def words_of(record: Any) -> str:
    """Return a record as the box shows it: its name, and what tells it from others alike."""
    return f"{record} ({record.pick_key})"


def key_in(typed: str) -> str:
    """Return what tells the record from others alike, if the words were taken as suggested."""
    head, bracket, tail = typed.rpartition("(")
    return tail[:-1] if bracket and head and tail.endswith(")") else ""


class PickFilter(django_filters.Filter):
    """Rows of one record that is picked by typing.

    ``find`` takes the actor and what was typed; ``options`` names the address of suggestions;
    ``fixed`` answers stand before them. The fixed answer ``null`` means rows that have none.
    """

    field_class = PickField

    def __init__(
        self,
        *args: Any,
        find: Callable[[Any, str], Any],
        null: str = "",
        **options: Any,
    ) -> None:
        super().__init__(*args, find=None, **options)
        self.find = find
        self.null = null

    @property
    def field(self) -> PickField:
        """The form field, which looks for what the person may see."""
        self.extra["find"] = partial(self.find, self.parent.request.user)
        return super().field  # type: ignore[no-any-return]

    def filter(self, rows: QuerySet[Any], picked: Any) -> QuerySet[Any]:
        """Keep the rows of the record that was picked, or those that have none."""
        if not picked:
            return rows
        return rows.filter(**{self.field_name: None if picked == self.null else picked})


MINE, NOBODY = "me", "none"


class WhoseFilter(PickFilter):
    """Rows of one person, of oneself or, where ``nobody`` is asked for, of nobody."""

    def __init__(self, *, nobody: bool = False, **options: Any) -> None:
        fixed = {MINE: _("Me")} | ({NOBODY: _("Nobody")} if nobody else {})
        super().__init__(options="people:staff_options", fixed=fixed, null=NOBODY, **options)

    def filter(self, rows: QuerySet[Any], picked: Any) -> QuerySet[Any]:
        """Keep the rows of whoever was picked."""
        return super().filter(rows, self.parent.request.user.pk if picked == MINE else picked)
