"""Columns of the lists of subscriptions and deliveries."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from dakehu.hooks.choices import DELIVERY_TONES, SUBSCRIPTION_TONES
from dakehu.ui import tables


class KindsColumn(tables.NumberColumn):
    """Of how many kinds of events a system is told."""

    def render(self, value: Any) -> str:
        return super().render(len(value))

    def value(self, value: Any) -> int:
        return len(value)


class SubscriptionTable(tables.ListTable):
    """Who is told: where, of what, how it goes."""

    name = tables.NameColumn(accessor="name", verbose_name=_("Name of the system"))
    url = tables.TextColumn(accessor="url", verbose_name=_("Address"))
    unit = tables.TextColumn(accessor="unit", verbose_name=_("Of the unit"))
    kinds = KindsColumn(accessor="kinds", verbose_name=_("Kinds of events"))
    state = tables.BadgeColumn(accessor="state", tones=SUBSCRIPTION_TONES, verbose_name=_("State"))
    taken = tables.InstantColumn(accessor="pulse__taken_at", verbose_name=_("Last taken"))
    failing = tables.InstantColumn(
        accessor="pulse__failing_since", verbose_name=_("Failing since")
    )
    waits = tables.NumberColumn(accessor="waits", verbose_name=_("Waiting"))
    dead = tables.NumberColumn(accessor="dead", verbose_name=_("Given up"))
    people = tables.YesNoColumn(accessor="with_people", verbose_name=_("With people"))
    owner = tables.TextColumn(accessor="owner", verbose_name=_("Kept by"))
    note = tables.WordsColumn(accessor="note", verbose_name=_("Note"))

    optional_columns = ("people", "owner", "note")


class DeliveryTable(tables.ListTable):
    """Events on their way: what, of which object, to whom, what was answered."""

    at = tables.InstantColumn(accessor="event__at", verbose_name=_("Happened at"))
    system = tables.NameColumn(accessor="subscription__name", verbose_name=_("System"))
    kind = tables.TextColumn(accessor="event__kind_label", verbose_name=_("Event told"))
    number = tables.CodeColumn(
        accessor="event__number", verbose_name=_("Number of the object"), default="–"
    )
    state = tables.BadgeColumn(accessor="state", tones=DELIVERY_TONES, verbose_name=_("State"))
    status = tables.NumberColumn(accessor="status", verbose_name=_("Answer code"))
    answer = tables.WordsColumn(accessor="answer", verbose_name=_("Answer"))
    tries = tables.NumberColumn(accessor="tries", verbose_name=_("Tries"))
    due = tables.InstantColumn(accessor="due_at", verbose_name=_("Next try"))
    done = tables.InstantColumn(accessor="done_at", verbose_name=_("Delivered at"))
    replays = tables.NumberColumn(accessor="replays", verbose_name=_("Sent again"))
    unit = tables.TextColumn(accessor="event__unit", verbose_name=_("Unit"))
    code = tables.CodeColumn(accessor="event__code", verbose_name=_("Event number"))

    optional_columns = ("answer", "replays", "unit", "code")
