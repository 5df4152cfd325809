"""What is typed for messages to customers."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dakehu.outbox.choices import MessagePurpose, RefusalSource, Way
from dakehu.outbox.models import ContactLimit
from dakehu.outbox.values import NewMessage
from dakehu.ui.forms import VersionedForm

OTHER = "other"


class WriteForm(forms.Form):
    """A message: to which of the known numbers or addresses, what for, and what it says."""

    to = forms.ChoiceField(label=_("Sent to"))
    other = forms.CharField(
        label=_("Another number or address"),
        max_length=120,
        required=False,
        help_text=_("Only if none of the known ones is right."),
    )
    purpose = forms.ChoiceField(label=_("Purpose"), choices=MessagePurpose.choices)
    title = forms.CharField(
        label=_("Title of an e-mail"),
        max_length=120,
        required=False,
    )
    text = forms.CharField(
        label=_("What it says"), max_length=1000, widget=forms.Textarea({"rows": 5})
    )

    def __init__(self, *args: Any, customer: Any, addresses: list[Any], **options: Any) -> None:
        super().__init__(*args, auto_id="write_%s", **options)
        self.customer = customer
        self.addresses = {name: (way, address) for name, way, address, _whose in addresses}
        field: Any = self.fields["to"]
        field.choices = [
            *((name, f"{Way(way).label} {to} · {whose}") for name, way, to, whose in addresses),
            (OTHER, _now("Another number or address")),
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for the other number or address where it was chosen."""
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("to") == OTHER and not typed.get("other"):
            self.add_error("other", _now("Write the number or the address."))
        return typed

    def told(self, *, source: str = "", source_id: int | None = None) -> NewMessage:
        """Return the message that was typed."""
        typed = self.cleaned_data
        if typed["to"] == OTHER:
            to = typed["other"]
            way = Way.EMAIL if "@" in to else Way.SMS
        else:
            way, address = self.addresses[typed["to"]]
            to = address.plain
        return NewMessage(
            way=way,
            purpose=typed["purpose"],
            text=typed["text"],
            to=to,
            customer=self.customer,
            title=typed["title"],
            source=source,
            source_id=source_id,
        )


class RefusalForm(forms.Form):
    """Who wants no messages, what for, and how we know."""

    to = forms.CharField(label=_("Number or address"), max_length=120)
    purpose = forms.ChoiceField(
        label=_("Purpose"),
        choices=(("", pgettext_lazy("purpose of a message", "Any")), *MessagePurpose.choices),
        required=False,
    )
    source = forms.ChoiceField(label=_("Where we know it from"), choices=RefusalSource.choices)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="refusal_%s", **options)


class LimitForm(VersionedForm, forms.ModelForm):
    """How often customers of a grade are contacted unasked."""

    days = forms.IntegerField(label=_("Counted over so many days"), min_value=1, max_value=365)
    marketing = forms.IntegerField(
        label=_("Most marketing contacts"),
        min_value=0,
        max_value=1000,
        help_text=_("Campaigns, promotional messages. 0 is no limit."),
    )
    care = forms.IntegerField(
        label=_("Most contacts of care"),
        min_value=0,
        max_value=1000,
        help_text=_("Greetings, invitations, surveys. 0 is no limit."),
    )
    together = forms.IntegerField(
        label=_("Most of both before nothing more is promoted"),
        min_value=0,
        max_value=1000,
        help_text=_("Greetings still go out beyond it. 0 is no limit."),
    )

    class Meta:
        model = ContactLimit
        fields = ("days", "marketing", "care", "together")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="limit_%s", **options)
