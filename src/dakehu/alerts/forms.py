"""Forms with which people handle alerts and hand them out."""

from datetime import date
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dakehu.alerts.choices import ASK_AGAIN, Outcome
from dakehu.alerts.queries.numbers import NAMES
from dakehu.alerts.queries.versions import KNOWN, place_words
from dakehu.alerts.rules.limits import Misfit, limits_of, misfits
from dakehu.alerts.values import PROVINCE, NumberBook, Override, Place, WarningNumbers
from dakehu.customers.choices import CardLevel
from dakehu.ownership.queries import load_words
from dakehu.people.queries import cities, colleagues_of
from dakehu.ui.filters import DayInput
from dakehu.ui.forms import PersonField


class HandlingForm(forms.Form):
    """What came of a contact; ``version`` is the alert's as it stood on the screen."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    contacted = forms.BooleanField(label=_("The customer was reached"), required=False)
    follow_up_date = forms.DateField(
        label=_("Follow up on"),
        required=False,
        widget=DayInput,
        help_text=_("Leave empty when nothing more has to be done."),
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        # The form lies in the drawer beside a list whose filter has fields of the same names.
        super().__init__(*args, auto_id="handling_%s", **options)
        self.today = today

    def clean_follow_up_date(self) -> date | None:
        day: date | None = self.cleaned_data["follow_up_date"]
        if day and day < self.today:
            raise forms.ValidationError(_("Name today or a later day."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        lacks_day = not cleaned.get("follow_up_date") and "follow_up_date" not in self.errors
        if cleaned.get("outcome") in ASK_AGAIN and lacks_day:
            self.add_error("follow_up_date", _("Say when the customer is called again."))
        return cleaned


class SettleForm(HandlingForm):
    """One outcome for several alerts, always with words that say why."""

    version = None  # type: ignore[assignment]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        note = self.fields["note"]
        note.label, note.required = _("Reason"), True


class AssignForm(forms.Form):
    """To whom alerts are handed out."""

    owner = PersonField(label=_("Hand out to"), queryset=None)

    def __init__(self, *args: Any, actor: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="assign_%s", **options)
        colleagues = colleagues_of(actor, permission="alerts.handle")
        field: Any = self.fields["owner"]
        field.loads = load_words(actor, colleagues, on=localdate())
        field.queryset = colleagues


class NumbersForm(forms.Form):
    """
    The numbers of a version: those of the province, and what differs at each of ``places``.

    A field of a place that is left empty takes the number of the wider place. The refusal of a
    number stands beside it and names the cure.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, book: NumberBook, places: list[Place], **options: Any) -> None:
        super().__init__(*args, auto_id="numbers_%s", **options)
        self.places = [PROVINCE, *places]
        given = {override.place: override.numbers for override in book.overrides}
        for place in self.places:
            where = place_words(place)
            for name in KNOWN:
                field = number_field(name, where=where, required=place == PROVINCE)
                known = given.get(place, {})
                field.initial = getattr(book.province, name) if field.required else known.get(name)
                self.fields[place.field(name)] = field

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not self.errors:
            book = self.book
            for misfit in misfits(book):
                shown = misfit.place if misfit.place in self.places else PROVINCE
                self.add_error(shown.field(misfit.name), misfit_words(misfit, book))
        return typed

    @property
    def book(self) -> NumberBook:
        """The numbers typed; of a form whose fields hold."""
        own = {place: self._typed(place) for place in self.places}
        overrides = tuple(
            Override(place, numbers)
            for place, numbers in own.items()
            if place != PROVINCE and numbers
        )
        return NumberBook(WarningNumbers(**own[PROVINCE]), overrides)

    def _typed(self, place: Place) -> dict[str, int]:
        typed = {name: self.cleaned_data.get(place.field(name)) for name in KNOWN}
        return {name: value for name, value in typed.items() if value is not None}


def number_field(name: str, *, where: str, required: bool) -> forms.IntegerField:
    """Return the field of a number; its label says whose number it is."""
    low, high = limits_of(name)
    label = f"{NAMES[name]} · {where}"
    box = forms.NumberInput({"aria-label": label, "inputmode": "numeric", "class": "form-control"})
    limits = {"low": low, "high": high}
    return forms.IntegerField(
        label=label,
        required=required,
        min_value=low,
        max_value=high,
        widget=box,
        error_messages={
            "min_value": gettext("Type %(low)s to %(high)s.") % limits,
            "max_value": gettext("Type %(low)s to %(high)s.") % limits,
            "invalid": gettext("Type a whole number, %(low)s to %(high)s.") % limits,
            "required": gettext("Type a number, %(low)s to %(high)s.") % limits,
        },
    )


def misfit_words(misfit: Misfit, book: NumberBook) -> str:
    """Say why a number cannot be, and what to do."""
    numbers = book.at_place(misfit.place)
    if not misfit.other:
        return gettext("Type %(low)s to %(high)s.") % {"low": misfit.low, "high": misfit.high}
    if misfit.name == "fall_tenure_days":
        needed = numbers.recent_days + numbers.earlier_days
    elif misfit.name == "payment_tenure_days":
        needed = 2 * numbers.payment_days
    else:
        words = gettext("Type no more than %(value)s, the number of “%(other)s” (%(place)s).")
        return words % {
            "value": getattr(numbers, misfit.other),
            "other": NAMES[misfit.other],
            "place": place_words(misfit.place),
        }
    words = gettext(
        "Type at least %(needed)s: a customer must have been there on all days that are compared "
        "(%(place)s)."
    )
    return words % {"needed": needed, "place": place_words(misfit.place)}


class PlaceForm(forms.Form):
    """For whom numbers shall differ: a city, a level, or both."""

    city = forms.ChoiceField(label=_("City"), required=False)
    level = forms.TypedChoiceField(
        label=_("Card level"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("All levels")), *CardLevel.choices],
    )

    def __init__(self, *args: Any, known: list[Place], **options: Any) -> None:
        super().__init__(*args, auto_id="place_%s", **options)
        self.known = known
        named = [(code, str(unit)) for code, unit in cities().items()]
        field: Any = self.fields["city"]
        field.choices = [("", _("All cities")), *named]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        place = Place(typed.get("city") or "", typed.get("level"))
        if place == PROVINCE:
            raise forms.ValidationError(_("Choose a city, a level, or both."))
        if place in self.known:
            raise forms.ValidationError(_("This place has its own column already."))
        typed["place"] = place
        return typed


class ProposeForm(forms.Form):
    """From which data day on a draft shall hold."""

    active_from = forms.DateField(
        label=_("Holds from data day"),
        widget=DayInput,
        help_text=_("Nights that have judged earlier days are never rewritten."),
    )


class BacktestForm(forms.Form):
    """Over which days numbers are tried, and how many days later they are judged."""

    first = forms.DateField(label=_("From data day"), widget=DayInput)
    last = forms.DateField(label=_("To data day"), widget=DayInput)
    horizon = forms.IntegerField(
        label=_("Days ahead"),
        min_value=1,
        max_value=90,
        initial=30,
        help_text=_("An alert was right if it happened within so many days after it."),
    )


class AskingForm(forms.Form):
    """How alerts ask people for work."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    merges = forms.BooleanField(
        label=_("One to-do for all warnings of a customer"), required=False
    )
    most_cards = forms.IntegerField(
        label=_("Cards a person is asked for at once"),
        required=False,
        min_value=1,
        max_value=500,
        help_text=_("The rest is ranked and kept for later. Leave empty for no limit."),
    )
    quiet_from = forms.TimeField(
        label=_("Quiet from"),
        required=False,
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
    )
    quiet_to = forms.TimeField(
        label=_("Quiet until"),
        required=False,
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        help_text=_("What comes in quiet hours is shown after them. They may pass midnight."),
    )
    urgent_passes = forms.BooleanField(
        label=_("Urgent to-dos come in quiet hours as well"), required=False
    )
