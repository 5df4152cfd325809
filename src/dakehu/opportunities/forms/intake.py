"""The intake: one form for every channel, filled while the customer talks (CH16)."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dakehu.cases.queries.callers import caller_named, caller_words, is_phone
from dakehu.channels.choices import Activity, Channel, ProductKind
from dakehu.channels.queries.wording import product_name
from dakehu.channels.values import Body, Named
from dakehu.common.masking import Masked
from dakehu.common.words import plain_phone
from dakehu.opportunities.choices import CHANNELS_OF_ROLES, NeedKind
from dakehu.opportunities.values import Elements, NewContact
from dakehu.people.policies import role_of
from dakehu.people.queries import areas_to_name
from dakehu.ui.forms import MaskedField, VersionedForm, YuanField
from dakehu.ui.picking import PickInput

PLACES = ("first", "second", "third")
NAMED_FIELDS = tuple(name for place in PLACES for name in (place, f"{place}_activity"))


def box_of(rows: int) -> forms.Textarea:
    """Return a box of some lines."""
    return forms.Textarea({"rows": rows})


class ElementsForm(forms.Form):
    """What else is known: the enterprise, whom to talk to, the need, what they have today."""

    company = forms.CharField(
        label=pgettext_lazy("a prospect", "Company"),
        max_length=120,
        required=False,
        help_text=_("Of a prospect that has no file yet."),
    )
    contact_name = forms.CharField(label=_("Whom to call"), max_length=60, required=False)
    contact_phone = forms.CharField(label=_("Number to call"), max_length=20, required=False)
    key_person = forms.CharField(
        label=_("Who decides"),
        max_length=120,
        required=False,
        help_text=_("Name and position."),
    )
    need_kind = forms.ChoiceField(
        label=_("Type of need"), required=False, choices=[("", _("Not known")), *NeedKind.choices]
    )
    expected_fen = YuanField(label=_("Expected value in yuan"), required=False)
    source = forms.ChoiceField(
        label=_("Where they heard of it"),
        required=False,
        choices=[("", _("Not known")), *Channel.choices],
    )
    present = forms.CharField(
        label=_("What they use today"), max_length=1000, required=False, widget=box_of(2)
    )

    def clean_contact_phone(self) -> str:
        """Keep a telephone number as it is stored everywhere."""
        typed: str = self.cleaned_data["contact_phone"].strip()
        if typed and not is_phone(typed):
            raise forms.ValidationError(_("This is no telephone number: digits only."))
        return plain_phone(typed)

    @property
    def elements(self) -> Elements:
        """The elements as they were typed; of a form that holds."""
        names = Elements.__dataclass_fields__
        return Elements(**{name: self.cleaned_data[name] for name in names})


class IntakeForm(ElementsForm):
    """Who, what, and how far they want to go on."""

    # Names this contact, so that sending the form twice takes it in once.
    request_id = forms.CharField(max_length=36, widget=forms.HiddenInput, required=False)
    channel = forms.ChoiceField(label=_("Contact channel"))
    who = forms.CharField(
        label=_("Customer"),
        max_length=120,
        required=False,
        widget=PickInput("cases:callers"),
        help_text=_("Telephone number, customer number, name, pinyin or initials."),
    )
    area = forms.ModelChoiceField(
        label=_("Area of the prospect"), queryset=None, required=False, empty_label=_("My own")
    )
    text = forms.CharField(
        label=_("What they say"), max_length=4000, required=False, widget=box_of(3)
    )
    first = forms.ChoiceField(label=_("Product named"), required=False)
    second = forms.ChoiceField(label=_("Another product"), required=False)
    third = forms.ChoiceField(label=_("A third product"), required=False)
    first_activity = forms.ChoiceField(
        label=_("What is wanted of it"), choices=Activity.choices, required=False
    )
    second_activity = forms.ChoiceField(
        label=_("What is wanted of the other"), choices=Activity.choices, required=False
    )
    third_activity = forms.ChoiceField(
        label=_("What is wanted of the third"), choices=Activity.choices, required=False
    )
    has_specifics = forms.BooleanField(label=_("Gives specifics"), required=False)
    plans = forms.BooleanField(label=_("Plans to take it"), required=False)
    is_willing = forms.BooleanField(label=_("Willing to go on"), required=False)
    in_person = forms.BooleanField(label=_("The member is there in person"), required=False)

    def __init__(
        self, *args: Any, actor: Any, body: Body, known: Any = None, **options: Any
    ) -> None:
        super().__init__(*args, auto_id="contact_%s", **options)
        self.actor = actor
        # Whom something else led here; may lie beyond the reach of whoever was asked to call.
        self.known = known
        self.customer: Any = None
        box: Any = self.fields["channel"]
        channels = CHANNELS_OF_ROLES.get(role_of(actor).kind, tuple(Channel))
        box.choices = [(each.value, each.label) for each in channels]
        self.initial.setdefault("channel", channels[0].value)
        self.initial.setdefault("request_id", str(uuid4()))
        units: Any = self.fields["area"]
        units.queryset = areas_to_name(actor)
        on_offer = [each for each in body.products.values() if not each.is_retired]
        on_offer.sort(key=lambda each: each.kind == ProductKind.DATA)
        names = [(each.code, product_name(each)) for each in on_offer]
        for place in PLACES:
            products: Any = self.fields[place]
            products.choices = [("", _("None")), *names]
            products.error_messages["invalid_choice"] = _(
                "This product is not on offer any more. Choose another one."
            )
        self.fields["who"].widget.attrs["autofocus"] = True

    def clean_who(self) -> str:
        """Find the customer; a number or a name of nobody may stand for a prospect."""
        typed: str = self.cleaned_data["who"].strip()
        is_known = self.known is not None and typed == caller_words(self.known)
        self.customer = self.known if is_known else caller_named(self.actor, typed)
        return typed

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        who = typed.get("who", "")
        if who and self.customer is None:
            if not is_phone(who):
                self.add_error(
                    "who",
                    _("Nobody of this name within your reach, or several. Choose a suggestion; of "
                      "a prospect leave this empty and write the company below."),
                )  # fmt: skip
            elif not typed.get("contact_phone"):
                typed["contact_phone"] = plain_phone(who)
        known = (self.customer, who, typed.get("company"), typed.get("contact_name"))
        if not any(known) and not typed.get("contact_phone"):
            self.add_error("who", _("Say whose it is: a customer, a company, or a number."))
        return typed

    @property
    def named(self) -> tuple[Named, ...]:
        """What was named; of a form that holds."""
        typed = self.cleaned_data
        pairs = ((typed.get(place), typed.get(f"{place}_activity")) for place in PLACES)
        return tuple(
            dict.fromkeys(
                Named(product, Activity(activity or Activity.OPEN))
                for product, activity in pairs
                if product
            )
        )

    @property
    def new(self) -> NewContact:
        """The contact as it is taken in; of a form that holds."""
        typed = self.cleaned_data
        flags = ("has_specifics", "plans", "is_willing", "in_person")
        return NewContact(
            channel=Channel(typed["channel"]),
            text=typed["text"],
            named=self.named,
            **{flag: typed[flag] for flag in flags},
            customer=self.customer,
            area=typed["area"],
            elements=self.elements,
            request_id=typed["request_id"],
        )


class CompletingForm(ElementsForm, VersionedForm):
    """The six elements of an opportunity, completed or corrected."""

    contact_phone = MaskedField(label=_("Number to call"), max_length=20, required=False)

    def __init__(self, *args: Any, opportunity: Any, **options: Any) -> None:
        begun = {name: getattr(opportunity, name) for name in Elements.__dataclass_fields__}
        begun["version"] = opportunity.version
        super().__init__(*args, auto_id="elements_%s", initial=begun, **options)

    def clean_contact_phone(self) -> str:
        """Keep a number that nobody typed anew; check one that was."""
        typed = self.cleaned_data["contact_phone"]
        if isinstance(typed, Masked):
            return typed.plain
        return super().clean_contact_phone()
