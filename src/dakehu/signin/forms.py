"""What people type about their log-in, and about other systems that come in."""

import json
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext_lazy as _

from dakehu.people.queries import units_within
from dakehu.signin.choices import ApiRight
from dakehu.signin.values import ClientDraft
from dakehu.ui.filters import DayInput
from dakehu.ui.forms import VersionedForm

if TYPE_CHECKING:
    from dakehu.people.models import Staff
    from dakehu.signin.models import ApiClient

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


class ReachField(forms.ModelChoiceField):
    """A unit by its name, indented by how deep it stands."""

    def label_from_instance(self, unit: Any) -> str:
        return "\N{IDEOGRAPHIC SPACE}" * ((unit.path or "/").count("/") - 1) + str(unit.name)


class ClientForm(VersionedForm):
    """Another system: what it is called, how far it reaches, what it may do, until when."""

    name = forms.CharField(
        label=_("Name of the system"), max_length=80, help_text=_("For example: CRM")
    )
    unit = ReachField(
        label=_("Reaches"),
        queryset=None,
        help_text=_("The unit and all below: customers elsewhere do not exist for it."),
    )
    rights = forms.MultipleChoiceField(
        label=_("May do"), choices=ApiRight.choices, widget=forms.CheckboxSelectMultiple
    )
    per_minute = forms.IntegerField(
        label=_("Requests per minute, at most"), min_value=1, max_value=6000, initial=120
    )
    expires_on = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=DayInput,
        help_text=_("Empty: until it is revoked."),
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=200,
        required=False,
        help_text=_("Who keeps that system, and whom to call."),
    )

    def __init__(self, *args: Any, client: "ApiClient | None" = None, actor: "Staff") -> None:
        self.instance = client
        initial: dict[str, Any] = {"version": 0, "rights": [ApiRight.REPORT_LEAVING]}
        if client is not None:
            names = ("name", "unit", "rights", "per_minute", "note", "version")
            initial = {name: getattr(client, name) for name in names}
            if client.expires_at:
                initial["expires_on"] = localdate(client.expires_at - timedelta(microseconds=1))
        super().__init__(*args, initial=initial)
        self.fields["unit"].queryset = units_within(actor)  # type: ignore[attr-defined]

    @property
    def draft(self) -> ClientDraft:
        """What was sent, of a form that holds; the last day counts in full."""
        sent = self.cleaned_data
        last = sent["expires_on"]
        after = make_aware(datetime.combine(last + timedelta(days=1), time.min)) if last else None
        return ClientDraft(
            name=sent["name"],
            unit=sent["unit"],
            rights=frozenset(sent["rights"]),
            per_minute=sent["per_minute"],
            expires_at=after,
            note=sent["note"],
        )
