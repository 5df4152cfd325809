"""Service reports for those who may see them, and what their sections say (R1 to R4)."""

from collections import Counter
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.http import Http404
from django.utils.timezone import localdate, make_aware
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dakehu.care.choices import (
    REPORTS_SERVICE,
    UNFINISHED,
    GreetingState,
    ReportCycle,
    VisitState,
)
from dakehu.care.models import Report
from dakehu.care.policies import VIEW
from dakehu.care.queries.greetings import greetings_visible_to
from dakehu.care.queries.visits import visits_of_customer
from dakehu.cases.queries import cases_visible_to
from dakehu.catalogue.choices import Cycle
from dakehu.catalogue.queries import recurring_for
from dakehu.catalogue.queries.services import services_known
from dakehu.catalogue.queries.wording import service_name
from dakehu.catalogue.values import Recurring
from dakehu.clocks.choices import ClockState
from dakehu.clocks.queries import clocks_visible_to
from dakehu.customers.queries import held_products, months_of
from dakehu.obligations.queries.owing import acts_counted
from dakehu.people.policies import reach
from dakehu.ui.reporting import Days, Part
from dakehu.ui.words import month, yuan

if TYPE_CHECKING:
    from dakehu.customers.models import Customer
    from dakehu.people.models import Staff


def reports_visible_to(actor: "Staff") -> QuerySet[Report]:
    """Return the service reports within the actor's reach."""
    if not actor.may(VIEW):
        return Report.objects.none()
    within = reach(actor, unit="unit", owner="staff", customer="customer")
    found = Report.objects.filter(within, removed_at__isnull=True)
    return found.select_related("customer", "staff", "unit", "reviewed_by", "sent_by")


def is_built(pk: int) -> bool:
    """Tell whether the files of a report were built; they stay as they are from then on."""
    return Report.objects.filter(pk=pk).exclude(state__in=UNFINISHED).exists()


def get_report(actor: "Staff", pk: int) -> Report:
    """
    Return one service report.

    :raises Http404: if there is none with that number within the actor's reach.
    """
    found: Report | None = reports_visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def cycle_for(customer: "Customer", *, on: date) -> str:
    """Return how often a customer is promised a report; quarterly where nothing is promised."""
    promised = (each for each in recurring_for(customer, on=on) if is_report(each))
    cycles = [each.frequency.cycle.value for each in promised]
    known = [each for each in ReportCycle.values if each in cycles]
    return known[0] if known else ReportCycle.QUARTER.value


def is_report(each: Recurring) -> bool:
    """Tell whether something owed again and again is a service report."""
    return each.service == REPORTS_SERVICE


def span_instants(days: Days) -> tuple[datetime, datetime]:
    """Return the first and the last instant of the days of a report."""
    return (
        make_aware(datetime.combine(days.first, time.min)),
        make_aware(datetime.combine(days.last, time.max)),
    )


def promises_part(actor: "Staff", customer: "Customer", days: Days) -> Part | None:
    """Say what is promised again and again, and how often it was kept, by its evidence."""
    counted = acts_counted(customer.pk, first=days.first, last=days.last)
    names = {each.code: service_name(each) for each in services_known()}
    rows = tuple(
        (
            names.get(each.service, each.service),
            each.source,
            frequency_words(each),
            str(counted[each.service]),
        )
        for each in recurring_for(customer, on=days.last)
    )
    if not rows:
        return None
    return Part(
        head=(_("Service"), _("Standard"), _("Promised"), _("Delivered in the period")), rows=rows
    )


def frequency_words(each: Recurring) -> str:
    """Return how often something is owed, in words."""
    cycle = Cycle(each.frequency.cycle).label
    return _("%(least)s in each %(cycle)s") % {"least": each.frequency.least, "cycle": cycle}


def clocks_part(actor: "Staff", customer: "Customer", days: Days) -> Part | None:
    """Say how many promised times were kept."""
    first, last = span_instants(days)
    found = clocks_visible_to(actor).filter(
        customer=customer, state=ClockState.STOPPED, started_at__gte=first, started_at__lte=last
    )
    met: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for clock in found:
        (met if clock.is_met else missed)[clock.get_kind_display()] += 1
    rows = tuple(
        (kind, str(met[kind] + missed[kind]), str(met[kind]), str(missed[kind]))
        for kind in sorted({*met, *missed})
    )
    if not rows:
        return None
    head = (_("Promised time"), _("Requests"), _("Kept"), _("Missed"))
    return Part(head=head, rows=rows)


def cases_part(actor: "Staff", customer: "Customer", days: Days) -> Part | None:
    """Say what the customer asked for, and what became of it."""
    first, last = span_instants(days)
    found = cases_visible_to(actor).filter(
        customer=customer, opened_at__gte=first, opened_at__lte=last
    )
    rows = tuple(
        (
            localdate(case.opened_at).isoformat(),
            case.get_kind_display(),
            case.subject,
            case.get_state_display(),
        )
        for case in found.order_by("opened_at", "pk")
    )
    if not rows:
        return None
    return Part(head=(_("Day"), _("Kind"), _("Subject"), _("State")), rows=rows)


def spend_part(actor: "Staff", customer: "Customer", days: Days) -> Part | None:
    """Say what the customer spent, month by month."""
    first = days.first.year * 100 + days.first.month
    last = days.last.year * 100 + days.last.month
    months = [each for each in months_of(customer) if first <= each.ym <= last]
    if not months:
        return None
    rows = tuple(
        (month(each.ym), yuan(each.revenue_fen), yuan(each.it_revenue_fen), yuan(each.arrears_fen))
        for each in months
    )
    total = sum(each.revenue_fen or 0 for each in months)
    products = held_products(customer, language=get_language() or "")
    return Part(
        facts=(
            (_("Spent in the period (yuan)"), yuan(total)),
            (_("Products in use"), str(len(products))),
        ),
        head=(_("Month"), _("Revenue (yuan)"), _("IT revenue (yuan)"), _("Arrears (yuan)")),
        rows=rows,
    )


def visits_part(actor: "Staff", customer: "Customer", days: Days) -> Part | None:
    """Say which visits were made, and what came of them."""
    found = visits_of_customer(actor, customer.pk).filter(
        state=VisitState.DONE, day__gte=days.first, day__lte=days.last
    )
    rows = tuple(
        (each.day.isoformat(), each.get_purpose_display(), each.about, each.get_result_display())
        for each in found.order_by("day", "pk")
    )
    head = (_("Day"), _("Purpose of the visit"), _("What it is about"), _("Result"))
    return Part(head=head, rows=rows) if rows else None


def care_part(actor: "Staff", customer: "Customer", days: Days) -> Part | None:
    """Say for what the customer was greeted."""
    found = greetings_visible_to(actor).filter(
        customer=customer, state=GreetingState.DONE, day__gte=days.first, day__lte=days.last
    )
    rows = tuple(
        (each.day.isoformat(), each.title, each.get_form_display())
        for each in found.order_by("day", "pk")
    )
    return Part(head=(_("Day"), _("Occasion"), _("Form")), rows=rows) if rows else None


def open_part(actor: "Staff", customer: "Customer", days: Days) -> Part | None:
    """Say which requests are still open."""
    _first, last = span_instants(days)
    found = cases_visible_to(actor).filter(
        customer=customer, closed_at__isnull=True, opened_at__lte=last
    )
    rows = tuple(
        (localdate(case.opened_at).isoformat(), case.subject, case.get_state_display())
        for case in found.order_by("opened_at", "pk")
    )
    return Part(head=(_("Since"), _("Subject"), _("State")), rows=rows) if rows else None


def plan_part(actor: "Staff", customer: "Customer", days: Days) -> Part | None:
    """Say which visits are planned next."""
    found = visits_of_customer(actor, customer.pk).filter(
        state=VisitState.PLANNED, day__gt=days.last
    )
    rows = tuple(
        (each.day.isoformat(), each.get_purpose_display(), each.about)
        for each in found.order_by("day", "pk")
    )
    head = (_("Day"), _("Purpose of the visit"), _("What it is about"))
    return Part(head=head, rows=rows) if rows else None
