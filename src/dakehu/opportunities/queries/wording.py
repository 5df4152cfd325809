"""Opportunities in to-dos and clocks: in words without personal data."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from dakehu.channels.choices import Kind
from dakehu.opportunities.choices import PaperKind
from dakehu.opportunities.models import Offer, Opportunity


def offer_words(facts: Mapping[str, Any]) -> str:
    """Return the words of a to-do to take an opportunity over."""
    words = {"number": facts["number"], "kind": Kind(facts["kind"]).label}
    return _("Take over: %(kind)s %(number)s") % words


def offer_url(pk: int) -> str:
    """Return where an offer is answered."""
    found = Offer.objects.filter(pk=pk).values_list("opportunity", flat=True).first()
    return opportunity_url(found) if found else ""


def follow_up_words(facts: Mapping[str, Any]) -> str:
    """Return the words of a to-do to follow up what a hall completed (OP11)."""
    return _("Follow up for service and more sales: %(number)s") % facts


def solution_words(facts: Mapping[str, Any]) -> str:
    """Return the words of a to-do to release a solution."""
    return _("Release the solution %(title)s written by %(by)s") % facts


def contract_words(facts: Mapping[str, Any]) -> str:
    """Return the words of a to-do to release a contract."""
    return _("Release the contract %(title)s written by %(by)s") % facts


def renewal_words(facts: Mapping[str, Any]) -> str:
    """Return the words of a to-do to renew a contract."""
    return _("Contract %(number)s ends on %(day)s: renew it?") % facts


def refused_words(facts: Mapping[str, Any]) -> str:
    """Return the words of a to-do about an order of which something was refused."""
    return _("The billing system refused a part of order %(number)s") % facts


def afterwards_words(facts: Mapping[str, Any]) -> str:
    """Return the words of a to-do to ask whether what was set up works."""
    return _("Ask the customer whether it works: order %(number)s is set up") % facts


def left_open_words(facts: Mapping[str, Any]) -> str:
    """Return the words of a to-do about what a return visit left open."""
    return _("Settle what the return visit left open: %(number)s") % facts


def discontent_words(facts: Mapping[str, Any]) -> str:
    """Return the words of a to-do about a customer who is not content after a sale."""
    return _("The customer is not content after the sale: %(number)s") % facts


def solution_url(pk: int) -> str:
    """Return the address of a solution."""
    return reverse("opportunities:paper", args=[PaperKind.SOLUTION.value, pk])


def contract_url(pk: int) -> str:
    """Return the address of a contract."""
    return reverse("opportunities:paper", args=[PaperKind.CONTRACT.value, pk])


def opportunity_url(pk: int) -> str:
    """Return the address of an opportunity."""
    return reverse("opportunities:detail", args=[pk])


def opportunity_names(ids: Iterable[int]) -> dict[int, str]:
    """Return what opportunities are called, by their keys."""
    rows = Opportunity.objects.filter(pk__in=list(ids)).select_related("customer")
    return {row.pk: row.number for row in rows}
