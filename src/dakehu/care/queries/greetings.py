"""Greetings for those who may see them, and what proposing them needs to know (C9, G1)."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import Http404

from dakehu.care.choices import GREETINGS_SERVICE, GreetingKind, GreetingState
from dakehu.care.models import Festival, Greeting, Unwanted, Wording
from dakehu.care.policies import VIEW
from dakehu.care.rules.greetings import days_within, form_of
from dakehu.care.values import Proposed
from dakehu.catalogue.choices import Form, Occasion, Population
from dakehu.catalogue.queries import forms_of
from dakehu.catalogue.queries.populations import within_population
from dakehu.customers.queries import customers_to_care_for, days_coming
from dakehu.outbox.choices import Way
from dakehu.outbox.queries import addresses_of
from dakehu.people.policies import reach

if TYPE_CHECKING:
    from dakehu.people.models import Staff

NEVER_AGAIN = (GreetingState.REFUSED, GreetingState.MISSED)


def greetings_visible_to(actor: "Staff") -> QuerySet[Greeting]:
    """Return the greetings within the actor's reach."""
    if not actor.may(VIEW):
        return Greeting.objects.none()
    within = reach(actor, unit="unit", owner="staff", customer="customer")
    found = Greeting.objects.filter(within, removed_at__isnull=True)
    return found.select_related("customer", "contact", "staff", "unit", "approved_by")


def get_greeting(actor: "Staff", pk: int) -> Greeting:
    """
    Return one greeting.

    :raises Http404: if there is none with that number within the actor's reach.
    """
    found: Greeting | None = (
        greetings_visible_to(actor).select_related("recorded_by").filter(pk=pk).first()
    )
    if found is None:
        raise Http404
    return found


def festivals() -> QuerySet[Festival]:
    """Return the festivals that are kept."""
    return Festival.objects.filter(removed_at__isnull=True).order_by("pk")


def all_festivals() -> QuerySet[Festival]:
    """Return every festival, those kept no more included."""
    return Festival.objects.order_by("pk")


def get_festival(pk: int) -> Festival:
    """
    Return one festival.

    :raises Http404: if there is none.
    """
    found: Festival | None = all_festivals().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def wordings() -> QuerySet[Wording]:
    """Return what greetings say."""
    found = Wording.objects.filter(removed_at__isnull=True)
    return found.select_related("festival").order_by("pk")


def get_wording(pk: int) -> Wording:
    """
    Return one wording.

    :raises Http404: if there is none.
    """
    found: Wording | None = wordings().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def unwanted_by(customers: Collection[int]) -> set[int]:
    """Return which of some customers want no greetings."""
    found = Unwanted.objects.filter(customer__in=customers, removed_at__isnull=True)
    return set(found.values_list("customer", flat=True))


def greeted_days(customers: Collection[int], *, first: date, last: date) -> dict[int, list[date]]:
    """Return on which days some customers are, or were, greeted."""
    rows = Greeting.objects.filter(customer__in=customers, day__gte=first, day__lte=last)
    found: dict[int, list[date]] = defaultdict(list)
    for customer, day in rows.exclude(state__in=NEVER_AGAIN).values_list("customer", "day"):
        found[customer].append(day)
    return found


def proposals_for(customers: Collection[int], *, first: date, last: date) -> list[Proposed]:
    """Return for what some customers may be greeted within some days, by their standards (C9)."""
    return [
        *festival_proposals(customers, first=first, last=last),
        *own_proposals(customers, first=first, last=last),
    ]


def festival_proposals(
    customers: Collection[int], *, first: date, last: date
) -> Iterator[Proposed]:
    """Yield the festivals that come, for every customer to whom a form is promised."""
    for festival in festivals():
        days = days_within(
            first, last, calendar=festival.calendar, month=festival.month, day=festival.day
        )
        for day in days:
            for customer, form in forms_on(customers, Occasion.FESTIVAL, festival, on=day).items():
                yield Proposed(
                    f"festival:{festival.pk}",
                    customer,
                    None,
                    GreetingKind.FESTIVAL,
                    festival.name,
                    day,
                    form,
                )


def own_proposals(customers: Collection[int], *, first: date, last: date) -> Iterator[Proposed]:
    """Yield the days of their own that come, for every customer to whom a form is promised."""
    forms = forms_on(customers, Occasion.ANNIVERSARY, None, on=first)
    for each in days_coming(customers, first=first, last=last):
        form = forms.get(each.customer_id)
        if form:
            kind = GreetingKind.ANNIVERSARY if each.title else GreetingKind.BIRTHDAY
            yield Proposed(
                each.key,
                each.customer_id,
                each.contact_id,
                kind,
                each.title,
                each.day,
                form,
                person=each.person,
                years=each.years,
            )


def forms_on(
    customers: Collection[int], occasion: Occasion, festival: Festival | None, *, on: date
) -> dict[int, str]:
    """
    Return in which form customers are greeted on an occasion; those with none are absent.

    Important customers are visited where their standard says so (C9): on days of their own, and
    on important festivals; on others they are greeted as everybody is.
    """
    wanted = {occasion}
    if festival is not None and festival.is_important:
        wanted.add(Occasion.IMPORTANT_FESTIVAL)
    is_visited = festival is None or festival.is_important
    important = important_among(customers) if is_visited else set()
    found = {}
    for customer, rules in forms_of(customers, GREETINGS_SERVICE, on=on).items():
        due = [rule for rule in rules if rule.occasion in wanted]
        allowed = [
            form for rule in due if rule.population == Population.ALL for form in rule.forms
        ]
        visited = [
            form
            for rule in due
            if rule.population == Population.IMPORTANT and customer in important
            for form in rule.forms
        ]
        if form := form_of(allowed, visited):
            found[customer] = Form(form).value
    return found


def important_among(customers: Collection[int]) -> set[int]:
    """Return which of some customers are important."""
    found = customers_to_care_for().filter(within_population(Population.IMPORTANT))
    return set(found.filter(pk__in=customers).values_list("pk", flat=True))


def window(on: date, *, days: int) -> tuple[date, date]:
    """Return the days for which greetings are proposed."""
    return on + timedelta(days=1), on + timedelta(days=days)


def words_for(kind: str, key: str) -> Any:
    """Return the wording of an occasion: that of the festival itself, else the common one."""
    named = key.partition(":")[2]
    found = list(wordings().filter(kind=kind))
    own = (each for each in found if each.festival_id and str(each.festival_id) == named)
    common = (each for each in found if each.festival_id is None)
    return next(own, None) or next(common, None)


WAYS = {Form.SMS.value: Way.SMS.value, Form.MAIL.value: Way.EMAIL.value}


def way_of(greeting: Greeting) -> str:
    """Return by what a greeting leaves through the outbox; empty if somebody has to greet."""
    return WAYS.get(greeting.form, "")


def address_for(greeting: Greeting) -> str:
    """Return where a greeting goes: to the person it is for, else to whom the customer names."""
    way = way_of(greeting)
    if greeting.contact is not None:
        contact = greeting.contact
        return plain(contact.phone if way == Way.SMS else contact.email)
    found = addresses_of(greeting.customer)
    return next((plain(at) for _name, kind, at, _whose in found if kind == way), "")


def plain(address: Any) -> str:
    """Return an address as it is kept."""
    return str(getattr(address, "plain", address) or "")
