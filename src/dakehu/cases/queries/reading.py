"""Cases for those who may see them, and what is known before one is opened (K1, K2)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.http import Http404

from dakehu.cases.choices import CaseState
from dakehu.cases.models import Case, CaseAct, CaseLink
from dakehu.cases.policies import VIEW
from dakehu.cases.querysets import CaseQuerySet
from dakehu.cases.rules.likeness import is_likely_same
from dakehu.cases.rules.numbers import key_in
from dakehu.cases.values import Matter
from dakehu.common.words import plain_phone
from dakehu.people.policies import may, reach

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dakehu.customers.models import Customer
    from dakehu.people.models import Staff

SHOWN = ("customer", "unit", "owner", "first_taker")
EVERYTHING = (*SHOWN, "manager", "parent", "merged_into", "closed_by", "client")
HISTORY = 20


def cases_visible_to(actor: "Staff") -> CaseQuerySet:
    """
    Return the cases within the actor's reach (promise 3).

    Wherever a case is worked on, those see it whose customer it is: the manager, and the units of
    the customer. Beyond that: what they took first, and what waits in the queue of their own team
    for somebody to take it.
    """
    if not may(actor, VIEW):
        return Case.objects.none()
    within = reach(actor, unit="unit", owner="owner", customer="customer")
    rows: CaseQuerySet = Case.objects.select_related(*SHOWN)
    if not within:
        return rows
    theirs = reach(actor, unit="customer__unit", owner="manager", customer="customer")
    waiting = Q(unit=actor.unit_id, closed_at__isnull=True, owner__isnull=True)
    return rows.filter(within | theirs | Q(first_taker=actor.pk) | waiting)


def queue_visible_to(actor: "Staff") -> CaseQuerySet:
    """Return the open cases within the actor's reach; their order is that of the work."""
    return cases_visible_to(actor).open()


def get_case(actor: "Staff", pk: int) -> Case:
    """
    Return one case.

    :raises Http404: if there is none with that number within the actor's reach.
    """
    found = cases_visible_to(actor).select_related(*EVERYTHING).filter(pk=pk).first()
    if found is None:
        raise Http404
    case: Case = found
    return case


def case_numbered(actor: "Staff", typed: str) -> Case | None:
    """Return the case within reach whose number was typed; nothing if there is none."""
    pk = key_in(typed)
    found = cases_visible_to(actor).filter(pk=pk).first() if pk else None
    return found if found and found.number.replace("-", "") == typed.replace("-", "") else None


def acts_of(case: Case) -> "QuerySet[CaseAct]":
    """Return what was done on a case, the newest first; the case comes from a query."""
    return case.acts.select_related("by").order_by("-pk")


def links_of(actor: "Staff", case: Case) -> list[tuple[CaseLink, Case]]:
    """Return the cases that a case is linked to, as far as they are within reach."""
    both = Q(case=case) | Q(other=case)
    links = list(CaseLink.objects.filter(both, removed_at__isnull=True).order_by("pk"))
    others = {
        link.pk: link.other_id if link.case_id == case.pk else link.case_id for link in links
    }
    seen = cases_visible_to(actor).in_bulk(list(others.values()))
    return [(link, seen[others[link.pk]]) for link in links if others[link.pk] in seen]


def children_of(actor: "Staff", case: Case) -> list[Case]:
    """Return what belongs to a case within reach: parts, support, and who reported the fault."""
    return list(cases_visible_to(actor).filter(parent=case).order_by("bond", "pk"))


def merged_into(actor: "Staff", case: Case) -> list[Case]:
    """Return the cases that were merged into this one, within reach."""
    return list(cases_visible_to(actor).filter(merged_into=case).order_by("pk"))


def cases_of(
    actor: "Staff", *, customer: "Customer | None" = None, phone: str = ""
) -> CaseQuerySet:
    """Return what a customer, or whoever calls from a number, asked before; the newest first."""
    rows = cases_visible_to(actor).exclude(state=CaseState.MERGED).order_by("-pk")
    if customer is not None:
        return rows.filter(customer=customer)
    number = plain_phone(phone)
    return rows.filter(caller_phone=number) if number else rows.none()


def likely_same(
    actor: "Staff", new: Matter, *, customer: "Customer | None", phone: str = ""
) -> list[Case]:
    """Return the cases of the last time that are likely about what is asked now."""
    known = list(cases_of(actor, customer=customer, phone=phone)[:HISTORY])
    return [case for case in known if is_likely_same(new, matter_of(case))]


def matter_of(case: Case) -> Matter:
    """Return what a case is compared by."""
    return Matter(case.kind, case.text, case.is_open, case.opened_at)


def overdue_count(actor: "Staff", *, at: datetime) -> int:
    """Return how many open cases within reach have a deadline that has passed."""
    count: int = queue_visible_to(actor).overdue(at).count()
    return count


def next_waiting(actor: "Staff") -> tuple[Case | None, Case | None, int]:
    """
    Return the case that nobody works on and that is to be taken first, the one behind it, and how
    many wait; of the actor's own team as long as there are any.
    """
    waiting = queue_visible_to(actor).filter(owner__isnull=True)
    for rows in (waiting.filter(unit=actor.unit_id), waiting):
        first = list(rows.order_by("turn", "pk")[:2])
        if first:
            return first[0], first[1] if len(first) > 1 else None, rows.count()
    return None, None, 0


def open_count_of(customers: "QuerySet[Customer]") -> int:
    """Count the open cases of customers."""
    return Case.objects.filter(closed_at__isnull=True, customer__in=customers.values("pk")).count()
