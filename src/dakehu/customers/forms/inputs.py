"""Inputs of customers' files: money in yuan, texts of limited length, instants."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

FEN_PER_YUAN = 100
MOST_YUAN = 10_000_000_000
LONGEST_TEXT = 2000


class YuanField(forms.DecimalField):
    """An amount typed in yuan and kept in fen."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=0, max_value=MOST_YUAN, decimal_places=2, **options)
        self.widget.attrs.setdefault("inputmode", "decimal")

    def prepare_value(self, value: Any) -> Any:
        return f"{Decimal(value) / FEN_PER_YUAN:.2f}" if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        amount = super().clean(self.prepare_value(value))
        if amount is None:
            return None
        return int((amount * FEN_PER_YUAN).quantize(Decimal(1), rounding=ROUND_HALF_UP))


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
