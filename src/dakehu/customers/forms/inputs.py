"""Inputs of customers' files: texts of limited length, instants."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_TEXT = 2000


class WordsField(forms.CharField):
    """Running text of several lines."""

    def __init__(self, *, rows: int = 3, **options: Any) -> None:
        widget = forms.Textarea({"rows": rows})
        super().__init__(**{"max_length": LONGEST_TEXT, "widget": widget, **options})


class InstantInput(forms.DateTimeInput):
    """The browser's own picker of day and time."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class ReasonField(forms.CharField):
    """Why something is done; kept with the change."""

    def __init__(self, **options: Any) -> None:
        widget = forms.Textarea({"rows": 2})
        label = _("Reason")
        super().__init__(**{"label": label, "max_length": 200, "widget": widget, **options})
