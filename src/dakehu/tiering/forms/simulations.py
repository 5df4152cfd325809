"""Which rules are to be tried out, and on the customers of which data day."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dakehu.tiering.errors import UnableToSimulate
from dakehu.tiering.queries.simulations import versions_to_try
from dakehu.tiering.queries.tried import tried_choices
from dakehu.tiering.queries.trying import Tried, rules_in, version_tried
from dakehu.ui.filters import DayInput


class TryForm(forms.Form):
    """A version of the rules, or a file with rules; and the data day."""

    version = forms.ModelChoiceField(
        label=gettext_lazy("Rules to try out"), queryset=None, required=False
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file with rules"),
        required=False,
        widget=forms.FileInput({"accept": ".yaml,.yml"}),
        help_text=gettext_lazy("A YAML file as the shipped packs are; its code names the scheme."),
    )
    day = forms.DateField(
        label=gettext_lazy("Data day"),
        widget=DayInput,
        help_text=gettext_lazy(
            "The newest day shows today; the last day of a past month shows that month."
        ),
    )

    def __init__(self, *args: Any, newest: date | None, **options: Any) -> None:
        initial = {"day": newest, **options.pop("initial", {})}
        super().__init__(*args, initial=initial, auto_id="try_%s", **options)
        self.tried: Tried | None = None
        field = self.fields["version"]
        field.queryset = versions_to_try()  # type: ignore[attr-defined]
        field.widget.choices = tried_choices()  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        """Read the file; every fault is named with its line."""
        file = self.cleaned_data["file"]
        if file is not None:
            try:
                self.tried = rules_in(file.read(), name=file.name)
            except UnableToSimulate as refusal:
                raise ValidationError(str(refusal).split("\n")) from refusal
        return file

    def clean(self) -> dict[str, Any]:
        """One of both is needed, and only one."""
        chosen = super().clean() or {}
        if not self.errors and bool(chosen.get("version")) == bool(chosen.get("file")):
            self.add_error("version", _("Choose a version, or a file: one of them."))
        if version := chosen.get("version"):
            self.tried = version_tried(version)
        return chosen
