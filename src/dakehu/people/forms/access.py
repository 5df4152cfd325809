"""What people type to see a masked value."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dakehu.audit.choices import Purpose


class RevealForm(forms.Form):
    """Which masked value is wanted, by the name of its field, and why."""

    value = forms.SlugField(max_length=60, widget=forms.HiddenInput)
    purpose = forms.ChoiceField(
        label=_("Purpose"),
        error_messages={
            "required": _("Say what you need it for."),
            "invalid_choice": _("Say what you need it for."),
        },
    )

    def __init__(self, *args: Any, purposes: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        offered = [(code, Purpose(code).label) for code in purposes]
        self.fields["purpose"].choices = offered  # type: ignore[attr-defined]
