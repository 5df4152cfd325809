"""What people type about a customer: persons, addresses, days, gifts, notes, opinions (V1–V5)."""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dakehu.common.masking import Masked
from dakehu.customers import queries
from dakehu.customers.choices import (
    ContactRole,
    CustomerKind,
    DetailKind,
    NoteKind,
    OpinionSource,
    Satisfaction,
)
from dakehu.customers.forms.inputs import InstantInput, WordsField
from dakehu.customers.models import (
    Address,
    Anniversary,
    Contact,
    Customer,
    Gift,
    MarketNote,
    Opinion,
    PersonProfile,
)
from dakehu.people.policies import role_of
from dakehu.ui.filters import DayInput
from dakehu.ui.forms import MaskedDayField, VersionedForm, YuanField

if TYPE_CHECKING:
    from dakehu.people.models import Staff

OLDEST = date(1880, 1, 1)
# Where those hear a customer who do not visit.
HEARD_BY = {
    "HOTLINE": OpinionSource.HOTLINE,
    "HALL": OpinionSource.COUNTER,
    "TELEPHONE_MANAGER": OpinionSource.CALL,
}
DAY_HELP = _("Year, month and day; of a lunar birthday the lunar ones.")


class DetailForm(VersionedForm, forms.ModelForm):
    """The form of one detail of a customer; ``now`` is what the future begins after."""

    def __init__(
        self, *args: Any, customer: Customer, actor: "Staff", now: datetime, **options: Any
    ) -> None:
        # The form lies in the drawer beside panels that have fields of the same names.
        super().__init__(*args, auto_id="detail_%s", **options)
        self.customer = customer
        self.actor = actor
        self.now = now
        if "contact" in self.fields:
            people = queries.details_of(customer, DetailKind.CONTACT)
            self.fields["contact"].queryset = people  # type: ignore[attr-defined]
            self.fields["contact"].empty_label = _("Nobody in particular")  # type: ignore[attr-defined]

    def begin_with(self, **values: Any) -> None:
        """Let the form of a new entry begin with what is most likely."""
        if self.instance._state.adding:
            self.initial.update(values)

    def past_day(self, name: str) -> Any:
        """Return a typed day, refused if it lies in the future or before living memory."""
        day = self.cleaned_data[name]
        if isinstance(day, Masked) or day is None:
            return day
        if day > self.now.date():
            raise forms.ValidationError(_("This day lies in the future."))
        if day < OLDEST:
            raise forms.ValidationError(_("This day lies too far back."))
        return day


class ContactForm(DetailForm):
    """A person of a group or prospect."""

    birth_date = MaskedDayField(label=_("Birthday"), required=False, help_text=DAY_HELP)
    member_number = forms.CharField(
        label=_("Own number with us"),
        required=False,
        max_length=64,
        help_text=_("Subscriber or telephone number, if this person is a customer too."),
    )
    note = WordsField(label=_("Note"), required=False)

    class Meta:
        model = Contact
        fields = (
            "name", "role", "influence", "department", "position", "superior", "is_primary",
            "gender",
            "phone", "email", "birth_date", "birth_calendar", "hobbies", "preferences",
            "gift_wishes", "products", "note",
        )  # fmt: skip
        labels = {
            "name": _("Name"),
            "role": _("Role"),
            "influence": _("Influence"),
            "department": _("Department"),
            "position": _("Position"),
            "superior": _("Reports to"),
            "is_primary": _("First person to call"),
            "gender": _("Gender"),
            "phone": _("Phone"),
            "email": _("E-mail"),
            "birth_calendar": _("Calendar"),
            "hobbies": _("Hobbies"),
            "preferences": _("Preferences"),
            "gift_wishes": _("Gifts that please"),
            "products": _("Products used"),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.begin_with(role=ContactRole.CONTACT)
        superiors = self.fields["superior"]
        superiors.queryset = superiors.queryset.filter(  # type: ignore[attr-defined]
            customer=self.customer, removed_at=None
        ).exclude(pk=self.instance.pk)
        superiors.empty_label = _("Not known")  # type: ignore[attr-defined]
        member = self.instance.member
        self.initial.setdefault("member_number", member.number if member else "")

    def clean_birth_date(self) -> Any:
        return self.past_day("birth_date")

    def clean_member_number(self) -> str:
        """Find the individual who this person is, among those within reach."""
        typed: str = self.cleaned_data["member_number"]
        if typed == self.initial["member_number"]:
            return typed
        found = queries.customer_named(self.actor, typed)
        if typed and (found is None or found.kind != CustomerKind.INDIVIDUAL):
            raise forms.ValidationError(_("No individual with this number is within your reach."))
        self.instance.member = found
        return typed


class AddressForm(DetailForm):
    """One of several addresses."""

    class Meta:
        model = Address
        fields = ("label", "address", "postcode")
        labels = {"label": _("Place"), "address": _("Address"), "postcode": _("Postcode")}
        help_texts = {"label": _("What the place is: head office, plant, home …")}


class AnniversaryForm(DetailForm):
    """A day to remember each year."""

    class Meta:
        model = Anniversary
        fields = ("title", "on", "calendar", "contact")
        labels = {
            "title": _("Occasion"),
            "on": _("Day"),
            "calendar": _("Calendar"),
            "contact": _("Person"),
        }
        help_texts = {"title": _("Founding day, opening, wedding …")}
        widgets = {"on": DayInput}

    def clean_on(self) -> Any:
        return self.past_day("on")


class GiftForm(DetailForm):
    """A present that was given."""

    value_fen = YuanField(label=_("Value (yuan)"), required=False)

    class Meta:
        model = Gift
        fields = ("what", "on", "occasion", "value_fen", "contact")
        labels = {
            "what": _("Present"),
            "on": _("Given on"),
            "occasion": _("Occasion"),
            "contact": _("To whom"),
        }
        widgets = {"on": DayInput}

    def clean_on(self) -> Any:
        return self.past_day("on")


class MarketNoteForm(DetailForm):
    """What was learned about competitors, the market, needs or habits."""

    price_fen = YuanField(label=_("Price (yuan)"), required=False)
    text = WordsField(label=_("What was learned"), rows=4)

    class Meta:
        model = MarketNote
        fields = ("kind", "competitor", "product", "price_fen", "until", "text")
        labels = {
            "kind": _("Kind"),
            "competitor": _("Competitor"),
            "product": _("Product or offer"),
            "until": _("Runs until"),
        }
        help_texts = {"until": _("Until when the competitor's contract or offer runs.")}
        widgets = {"until": DayInput}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.begin_with(kind=NoteKind.COMPETITOR)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("kind") == NoteKind.COMPETITOR and not cleaned.get("competitor"):
            self.add_error("competitor", _("Say which competitor."))
        return cleaned


class OpinionForm(DetailForm):
    """What the customer said, and how satisfied it was."""

    satisfaction = forms.TypedChoiceField(
        label=_("Satisfaction"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("Not asked")), *reversed(Satisfaction.choices)],
    )
    text = WordsField(label=_("What was said"), rows=4)

    class Meta:
        model = Opinion
        fields = ("source", "at", "contact", "satisfaction", "text")
        labels = {"source": _("Heard at"), "at": _("Time"), "contact": _("Who said it")}
        widgets = {"at": InstantInput}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        heard_at = HEARD_BY.get(role_of(self.actor).code, OpinionSource.VISIT)
        self.begin_with(at=self.now, source=heard_at)

    def clean_at(self) -> Any:
        at = self.cleaned_data["at"]
        if at > self.now:
            raise forms.ValidationError(_("This time lies in the future."))
        return at


class PersonForm(VersionedForm, forms.ModelForm):
    """What people learned of an individual."""

    note = WordsField(label=_("Note"), required=False)

    class Meta:
        model = PersonProfile
        fields = (
            "occupation", "employer", "email", "hobbies", "preferences", "gift_wishes", "note",
        )  # fmt: skip
        labels = {
            "occupation": _("Occupation"),
            "employer": _("Employer"),
            "email": _("E-mail"),
            "hobbies": _("Hobbies"),
            "preferences": _("Preferences"),
            "gift_wishes": _("Gifts that please"),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="detail_%s", **options)


DETAIL_FORMS: Mapping[DetailKind, type[DetailForm]] = MappingProxyType(
    {
        DetailKind.CONTACT: ContactForm,
        DetailKind.ADDRESS: AddressForm,
        DetailKind.ANNIVERSARY: AnniversaryForm,
        DetailKind.GIFT: GiftForm,
        DetailKind.NOTE: MarketNoteForm,
        DetailKind.OPINION: OpinionForm,
    }
)
"""The form of each kind of detail."""
