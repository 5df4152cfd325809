"""Fields that the forms of people share."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

INDENT = "\N{IDEOGRAPHIC SPACE}"

USERNAME = RegexValidator(r"^[\w.@+-]+$", _("Letters, digits and . @ + - _ only."))
STAFF_NUMBER = RegexValidator(r"^[0-9A-Za-z_-]+$", _("Letters, digits, - and _ only."))
PHONE = RegexValidator(r"^\+?[0-9][0-9 ()-]{4,18}$", _("A telephone number, digits first."))


class UnitField(forms.ModelChoiceField):
    """A unit, indented by how deep it stands."""

    def label_from_instance(self, unit: Any) -> str:
        depth = (unit.path or "/").count("/") - 1
        return f"{INDENT * depth}{unit.name}"


class LineInput(forms.TextInput):
    """A text box that offers words used before; others may be typed."""

    template_name = "people/widgets/suggest.html"

    def __init__(self, words: Iterable[str] = (), attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.words = list(words)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["words"] = self.words
        context["widget"]["list_id"] = f"words-{name}"
        context["widget"]["attrs"]["list"] = f"words-{name}"
        return context
