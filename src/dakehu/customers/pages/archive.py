"""What the panels of a customer's file show: people, days, addresses, gifts, notes, opinions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dakehu.common.masking import Masked
from dakehu.customers import queries, rules
from dakehu.customers.choices import (
    SATISFACTION_TONES,
    BirthCalendar,
    CustomerKind,
    DetailKind,
)
from dakehu.customers.rules.charts import Place
from dakehu.customers.values import CustomContent
from dakehu.people.policies import may

if TYPE_CHECKING:
    from dakehu.people.models import Staff

LINES_SHOWN = 10
ALL_SHOWN = 200
SOON_DAYS = 30
NOTE_TONES = {"COMPETITOR": "danger", "MARKET": "info", "NEED": "accent", "HABIT": "neutral"}
STATE_TONES = {"good": "success", "owing": "warning", "late": "danger", "unknown": "neutral"}


@dataclass(frozen=True)
class Panel:
    """What every panel of a file knows: whose it is, its lines, and whether one may add to it."""

    customer: Any
    lines: tuple[Any, ...]
    may_edit: bool
    has_more: bool = False


@dataclass(frozen=True)
class Coming:
    """A birthday or anniversary that comes: whose or which, on which solar date, in how long."""

    who: str
    what: str
    icon: str
    on: date
    days: int
    kept: str
    note: str = ""

    @property
    def is_soon(self) -> bool:
        """Tell whether it comes within a month."""
        return self.days <= SOON_DAYS


@dataclass(frozen=True)
class ContactLine:
    """A person of a group, with when the birthday comes next."""

    contact: Any
    birthday: Coming | None


@dataclass(frozen=True)
class PeoplePanel:
    """The people of a group or prospect; of an individual what people learned of it."""

    customer: Any
    is_individual: bool
    person: Any
    lines: tuple[ContactLine, ...]
    chart: tuple[Place, ...]
    may_edit: bool


@dataclass(frozen=True)
class ToneLine:
    """One record with the tone of its badge."""

    record: Any
    tone: str


@dataclass(frozen=True)
class FieldLine:
    """A custom field with what the customer has in it, in words."""

    label: str
    words: str
    help_text: str


@dataclass(frozen=True)
class CreditPanel:
    """The standing that limit and arrears tell, in words."""

    facts: rules.CreditFacts
    words: str
    tone: str


@dataclass(frozen=True)
class ProductsPanel:
    """Sticky products first, held or not; then everything held."""

    sticky: list[Any]
    held: list[Any]


def may_edit(actor: "Staff", customer: Any) -> bool:
    """Tell whether the actor may write into a customer's file now."""
    return customer.retained_at is None and may(actor, "customers.edit")


def people_panel(actor: "Staff", pk: int, *, on: date) -> PeoplePanel:
    """Gather the people of a customer (T10, V3)."""
    customer = queries.get_customer(actor, pk)
    is_individual = customer.kind == CustomerKind.INDIVIDUAL
    contacts = [] if is_individual else queries.contacts_of(customer)
    return PeoplePanel(
        customer=customer,
        is_individual=is_individual,
        person=queries.person_of(customer) if is_individual else None,
        lines=tuple(ContactLine(each, birthday_of(each, on=on)) for each in contacts),
        chart=queries.chart_among(contacts),
        may_edit=may_edit(actor, customer),
    )


def days_panel(actor: "Staff", pk: int, *, on: date) -> Panel:
    """Gather birthdays and anniversaries, the next one first (C9, W7)."""
    customer = queries.get_customer(actor, pk)
    coming = sorted(days_ahead(customer, on=on), key=lambda day: (day.days, day.who))
    records = queries.anniversaries_of(customer)
    return Panel(
        customer=customer,
        lines=tuple(coming),
        may_edit=may_edit(actor, customer),
        has_more=bool(records),
    )


def days_ahead(customer: Any, *, on: date) -> Iterator[Coming]:
    """Yield when the days of a customer and of its people come next."""
    if own := birthday_of(customer, on=on):
        yield own
    if customer.kind != CustomerKind.INDIVIDUAL:
        for contact in queries.contacts_of(customer):
            if found := birthday_of(contact, on=on):
                yield found
    for day in queries.anniversaries_of(customer):
        is_lunar = day.calendar == BirthCalendar.LUNAR
        coming = rules.next_day(day.on, is_lunar=is_lunar, on=on)
        years = rules.years_since(day.on, coming)
        note = "" if is_lunar or not years else _("%(years)s years") % {"years": years}
        yield Coming(
            who=str(day.contact or ""),
            what=day.title,
            icon="confetti",
            on=coming,
            days=(coming - on).days,
            kept=kept_words(day.on.isoformat()[5:], is_lunar=is_lunar),
            note=note,
        )


def birthday_of(person: Any, *, on: date) -> Coming | None:
    """Return when somebody's birthday comes next; nothing if it is not known."""
    born = person.birth_date
    if not born:
        return None
    day = date.fromisoformat(born.plain) if isinstance(born, Masked) else born
    is_lunar = person.birth_calendar == BirthCalendar.LUNAR
    coming = rules.next_day(day, is_lunar=is_lunar, on=on)
    return Coming(
        who=str(person),
        what=_("Birthday"),
        icon="cake",
        on=coming,
        days=(coming - on).days,
        kept=kept_words(day.isoformat()[5:], is_lunar=is_lunar),
    )


def kept_words(day: str, *, is_lunar: bool) -> str:
    """Return the month and day that is kept, with its calendar."""
    return _("lunar %(day)s") % {"day": day} if is_lunar else day


def addresses_panel(actor: "Staff", pk: int) -> Panel:
    """Gather the addresses that people added (V4)."""
    customer = queries.get_customer(actor, pk)
    lines = tuple(queries.addresses_of(customer))
    return Panel(customer, lines, may_edit(actor, customer))


def gifts_panel(actor: "Staff", pk: int) -> Panel:
    """Gather the newest presents (V1)."""
    customer = queries.get_customer(actor, pk)
    found = list(queries.gifts_of(customer)[: LINES_SHOWN + 1])
    return newest(actor, customer, found)


def notes_panel(actor: "Staff", pk: int) -> Panel:
    """Gather the newest competitor and market notes (V5)."""
    customer = queries.get_customer(actor, pk)
    found = queries.notes_of(customer)[: LINES_SHOWN + 1]
    lines = [ToneLine(note, NOTE_TONES.get(note.kind, "neutral")) for note in found]
    return newest(actor, customer, lines)


def opinions_panel(actor: "Staff", pk: int) -> Panel:
    """Gather the newest opinions from visits and calls (V1)."""
    customer = queries.get_customer(actor, pk)
    found = queries.opinions_of(customer)[: LINES_SHOWN + 1]
    lines = [
        ToneLine(opinion, SATISFACTION_TONES.get(opinion.satisfaction or 0, "neutral"))
        for opinion in found
    ]
    return newest(actor, customer, lines)


def newest(actor: "Staff", customer: Any, found: list[Any]) -> Panel:
    """Return a panel of the newest lines, and whether there are older ones."""
    lines = tuple(found[:LINES_SHOWN])
    has_more = len(found) > LINES_SHOWN
    return Panel(customer, lines, may_edit(actor, customer), has_more)


def fields_panel(actor: "Staff", pk: int) -> Panel:
    """Gather what a customer has in the fields that the operator added (V2)."""
    customer = queries.get_customer(actor, pk)
    found = queries.custom_lines(customer, language=get_language() or "")
    lines = tuple(
        FieldLine(each.label, content_words(each.content), each.help_text) for each in found
    )
    return Panel(customer, lines, may_edit(actor, customer))


def content_words(content: CustomContent) -> str:
    """Return what is in a custom field as people read it."""
    if content is None:
        return ""
    if isinstance(content, bool):
        return _("Yes") if content else _("No")
    return f"{content:,f}" if isinstance(content, Decimal) else str(content)


def details_page(actor: "Staff", pk: int, kind: DetailKind) -> Panel:
    """Gather all entries of one kind, to edit or remove them."""
    customer = queries.get_customer(actor, pk)
    lines = tuple(queries.details_of(customer, kind)[:ALL_SHOWN])
    return Panel(customer, lines, may_edit(actor, customer))


def removed_page(actor: "Staff", pk: int) -> Panel:
    """Gather what was removed from a customer's file and can be restored."""
    customer = queries.get_customer(actor, pk)
    lines = tuple(queries.removed_details_of(customer))
    return Panel(customer, lines, may_edit(actor, customer))


def products_panel(actor: "Staff", pk: int) -> ProductsPanel:
    """Gather the products of a customer; of an individual also the sticky ones it lacks (V1)."""
    customer = queries.get_customer(actor, pk)
    language = get_language() or ""
    is_individual = customer.kind == CustomerKind.INDIVIDUAL
    sticky = queries.sticky_products(customer, language=language) if is_individual else []
    return ProductsPanel(sticky, queries.held_products(customer, language=language))


def credit_panel(actor: "Staff", pk: int) -> CreditPanel:
    """Gather what limit and arrears tell of a customer's standing (V6)."""
    customer = queries.get_customer(actor, pk)
    months = [(each.arrears_fen, each.arrears_days) for each in queries.months_of(customer)]
    facts = rules.credit_facts(customer.credit_limit_fen, months)
    return CreditPanel(facts, credit_words(facts.state), STATE_TONES[facts.state])


def credit_words(state: rules.CreditState) -> str:
    """Return a standing in words."""
    return {
        rules.CreditState.GOOD: _("Good standing"),
        rules.CreditState.OWING: _("Arrears now and then"),
        rules.CreditState.LATE: _("Long or frequent arrears"),
        rules.CreditState.UNKNOWN: _("Not known"),
    }[state]
