"""What people type about their log-in."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_PASSWORD = 128


class PasswordField(forms.CharField):
    """A password: kept as typed, spaces included, and never shown again."""

    def __init__(self, *, autocomplete: str, **options: Any) -> None:
        widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
        super().__init__(strip=False, max_length=LONGEST_PASSWORD, widget=widget, **options)


class PresentPasswordForm(forms.Form):
    """The present password, as proof that it is still the same person."""

    password = PasswordField(autocomplete="current-password", label=_("Present password"))


class NewPasswordForm(forms.Form):
    """The present password, and a new one twice."""

    present = PasswordField(autocomplete="current-password", label=_("Present password"))
    new = PasswordField(autocomplete="new-password", label=_("New password"))
    again = PasswordField(autocomplete="new-password", label=_("New password again"))

    def clean_again(self) -> str:
        """Refuse two that differ."""
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("new", again):
            raise forms.ValidationError(_("The two passwords differ."))
        return again


class CodeForm(forms.Form):
    """A code of the authenticator app, or a recovery code."""

    code = forms.CharField(
        max_length=20,
        label=_("One-time code"),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "autofocus": True,
                "spellcheck": "false",
            }
        ),
    )


class CredentialField(forms.Field):
    """What the browser answers for a passkey: a JSON object."""

    widget = forms.HiddenInput
    MOST = 20_000

    def to_python(self, value: Any) -> dict[str, Any]:
        try:
            answer = json.loads(value) if value and len(value) <= self.MOST else None
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise forms.ValidationError(_("The passkey did not answer."))
        return answer


class CredentialForm(forms.Form):
    """A passkey's answer to the question that was asked."""

    credential = CredentialField()


class NewPasskeyForm(CredentialForm):
    """A new passkey with a name by which its owner tells it from others."""

    name = forms.CharField(
        max_length=60,
        label=_("Name of the passkey"),
        help_text=_("For example the device it is on."),
    )


class ReasonForm(forms.Form):
    """Why an account is suspended."""

    reason = forms.CharField(max_length=200, label=_("Reason"))
