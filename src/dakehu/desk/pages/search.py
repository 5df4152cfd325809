"""Finding customers, the people of groups, staff and units by what is known of them (V1)."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from dakehu.customers import queries as customers
from dakehu.customers.choices import CustomerKind
from dakehu.messaging import queries as messaging
from dakehu.people.policies import may
from dakehu.people.queries import staff_visible_to, units_within

SHOWN = 30
SUGGESTED = 5
SHORTEST = 2
ICONS = {
    CustomerKind.GROUP: "building",
    CustomerKind.PROSPECT: "user-plus",
    CustomerKind.INDIVIDUAL: "user",
}

Parts = tuple[tuple[str, bool], ...]
"""A text in parts, each with whether it is what was searched for."""


@dataclass(frozen=True)
class Hit:
    """One line of what was found: where it leads, its name in parts, and what tells it apart."""

    url: str
    name: Parts
    text: str
    side: str
    badge: str = ""


@dataclass(frozen=True)
class Section:
    """What was found of one kind; ``more_url`` leads to the list of all, where there is one."""

    name: str
    title: str
    icon: str
    hits: tuple[Hit, ...]
    has_more: bool
    more_url: str = ""


@dataclass(frozen=True)
class SearchPage:
    """What a search found; ``only`` is where to go when there is no doubt."""

    typed: str
    sections: tuple[Section, ...]
    is_too_short: bool
    only: str

    @cached_property
    def count(self) -> int:
        """How many lines are shown."""
        return sum(len(section.hits) for section in self.sections)

    @property
    def all_url(self) -> str:
        """Where all that was found is shown."""
        return f"{reverse('desk:search')}?{urlencode({'q': self.typed})}"


def search_page(actor: Any, typed: str, *, on: date, limit: int) -> SearchPage:
    """Search within the actor's reach; a whole number or telephone number needs no other hit."""
    typed = typed.strip()
    if len(typed) < SHORTEST:
        return SearchPage(typed, (), is_too_short=bool(typed), only="")
    if named := customers.customer_named(actor, typed):
        section = customer_section(named.kind, customers.Found((named,), has_more=False), typed)
        return SearchPage(typed, (section,), is_too_short=False, only=section.hits[0].url)
    sections = tuple(found_sections(actor, typed, on, limit))
    hits = [hit for section in sections for hit in section.hits]
    only = hits[0].url if len(hits) == 1 else ""
    return SearchPage(typed, sections, is_too_short=False, only=only)


def found_sections(actor: Any, typed: str, on: date, limit: int) -> list[Section]:
    """Return the kinds of which something was found."""
    found = customers.search(actor, typed, limit=limit)
    sections = [customer_section(kind, found[kind], typed) for kind in ICONS]
    sections.append(contact_section(customers.search_contacts(actor, typed, limit=limit), typed))
    if may(actor, "people.view"):
        sections += [staff_section(actor, typed, limit), unit_section(actor, typed, limit)]
    sections.append(article_section(actor, typed, on, limit))
    return [section for section in sections if section.hits]


def customer_section(kind: str, found: customers.Found, typed: str) -> Section:
    """Return the customers of a kind as lines."""
    label = CustomerKind(kind)
    return Section(
        name=label.lower(),
        title=str(label.label),
        icon=ICONS[label],
        hits=tuple(customer_hit(each, typed) for each in found.records),
        has_more=found.has_more,
        more_url=f"{reverse('customers:list')}?{urlencode({'words': typed, 'kind': kind})}",
    )


def customer_hit(customer: Any, typed: str) -> Hit:
    """Return a customer as a line; the phone stays masked."""
    texts = (customer.number, str(customer.phone or ""), str(customer.group or ""))
    places = (str(customer.unit), str(customer.manager or ""))
    state = _("Former") if customer.retained_at else customer.get_status_display() or ""
    return Hit(
        url=reverse("desk:customer", args=[customer.pk]),
        name=customers.parts_of(str(customer), typed),
        text=" · ".join(filter(None, texts)),
        side=" · ".join(filter(None, places)),
        badge=str(state),
    )


def contact_section(found: customers.Found, typed: str) -> Section:
    """Return the people of groups as lines; each leads to its group."""
    hits = tuple(
        Hit(
            url=reverse("desk:customer", args=[each.customer_id]),
            name=customers.parts_of(each.name, typed),
            text=" · ".join(filter(None, (each.get_role_display(), each.position))),
            side=str(each.customer),
        )
        for each in found.records
    )
    return Section("contact", _("People of groups"), "address-book", hits, found.has_more)


def article_section(actor: Any, typed: str, on: date, limit: int) -> Section:
    """Return the articles that the actor may read on a day as lines (G4)."""
    found, has_more = messaging.found_articles(actor, typed, on=on, limit=limit)
    hits = tuple(
        Hit(
            url=reverse("messaging:article", args=[each.article_id]),
            name=customers.parts_of(each.title, typed),
            text=each.keywords,
            side=each.topic,
        )
        for each in found
    )
    return Section(
        name="article",
        title=_("Knowledge"),
        icon="book-2",
        hits=hits,
        has_more=has_more,
        more_url=f"{reverse('messaging:article_list')}?{urlencode({'words': typed})}",
    )


def staff_section(actor: Any, typed: str, limit: int) -> Section:
    """Return the staff of the units that concern the actor as lines."""
    is_found = customers.finder_of(typed)
    rows = staff_visible_to(actor).active().values_list("pk", "name", "staff_no", "unit__name")
    hits = [
        Hit(
            url=reverse("people:staff_file", args=[pk]),
            name=customers.parts_of(name, typed),
            text=number or "",
            side=unit,
        )
        for pk, name, number, unit in rows
        if is_found(number or "", name)
    ]
    return Section("staff", _("Staff"), "id-badge-2", tuple(hits[:limit]), len(hits) > limit)


def unit_section(actor: Any, typed: str, limit: int) -> Section:
    """Return the units that concern the actor as lines."""
    is_found = customers.finder_of(typed)
    rows = units_within(actor).select_related("parent")
    hits = [
        Hit(
            url=reverse("people:unit_page", args=[unit.pk]),
            name=customers.parts_of(unit.name, typed),
            text=unit.get_kind_display(),
            side=str(unit.parent or ""),
        )
        for unit in rows
        if is_found("", unit.name)
    ]
    return Section("unit", _("Units"), "sitemap", tuple(hits[:limit]), len(hits) > limit)
