"""What a measure is called, in which unit, and what is noted about it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dakehu.tiering.choices import MeasureUnit
from dakehu.tiering.models import Measure
from dakehu.ui.forms import VersionedForm


class DescribeForm(VersionedForm, forms.ModelForm):
    """Names, unit and note of a measure; its source stays."""

    class Meta:
        model = Measure
        fields = ("name", "name_en", "unit", "note")
        labels = {
            "name": _("Name (Chinese)"),
            "name_en": _("Name (English)"),
            "unit": _("Unit"),
            "note": _("Note"),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="measure_%s", **options)
        self.fields["unit"] = forms.ChoiceField(label=_("Unit"), choices=MeasureUnit.choices)

    def values(self) -> dict[str, str]:
        """Return what was typed."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
