"""The page of one customer: everything that is known, from all sides (V1)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dakehu.alerts import queries as alerts
from dakehu.alerts.choices import Rule
from dakehu.customers.choices import CardLevel, CustomerKind, CustomerStatus
from dakehu.desk.pages.usage import sparks, usage_of
from dakehu.exchange.queries.facts import newest_usage_day
from dakehu.people.policies import may
from dakehu.tiering.queries import standing_of
from dakehu.ui import panels

STATUS_TONES = {
    CustomerStatus.ACTIVE: "success",
    CustomerStatus.STOPPED: "warning",
    CustomerStatus.LOST: "danger",
    CustomerStatus.PRE_DEREGISTERED: "danger",
}
LEVEL_TONES = {0: "neutral", 1: "info", 2: "warning", 3: "accent", 4: "accent"}
SPARK_DAYS = 37


@dataclass(frozen=True)
class Level:
    """A card level: its name and tone, and since when it is in force."""

    name: str
    tone: str
    since: date


@dataclass(frozen=True)
class ActiveAlert:
    """An alert that holds: what it saw, and the course of the facts as a small line."""

    pk: int
    rule: str
    tone: str
    evidence: str
    since: date
    state: str
    spark: tuple[float | None, ...]


@dataclass(frozen=True)
class PageAction:
    """Something to do with the customer as a whole; it opens in the drawer."""

    label: str
    icon: str
    url: str


@dataclass(frozen=True)
class CustomerPage:
    """The head of a customer's page and its panels, which fetch their own content.

    Wide panels stand in the main column, the others beside them.
    """

    customer: Any
    is_group: bool
    status_tone: str
    level: Level | None
    actions: tuple[PageAction, ...]
    main_panels: tuple[panels.Panel, ...]
    side_panels: tuple[panels.Panel, ...]


def customer_page(actor: Any, customer: Any) -> CustomerPage:
    """Gather the page of a customer whom the actor may see."""
    shown = panels.panels_for("customer", actor, customer.kind)
    return CustomerPage(
        customer=customer,
        is_group=customer.kind == CustomerKind.GROUP,
        status_tone=STATUS_TONES.get(customer.status, "neutral"),
        level=level_of(customer),
        actions=tuple(actions_on(actor, customer)),
        main_panels=tuple(panel for panel in shown if panel.wide),
        side_panels=tuple(panel for panel in shown if not panel.wide),
    )


def actions_on(actor: Any, customer: Any) -> Iterator[PageAction]:
    """Yield what the actor may do with a customer as a whole."""
    if customer.retained_at is not None:
        if may(actor, "customers.retire"):
            url = reverse("customers:bring_back", args=[customer.pk])
            yield PageAction(_("Bring back from the archive"), "archive-off", url)
        return
    is_prospect = customer.kind == CustomerKind.PROSPECT
    for label, icon, name, permission, is_offered in (
        (_("Edit the prospect"), "pencil", "prospect_edit", "customers.edit", is_prospect),
        (_("Removed entries"), "trash", "removed_details", "customers.edit", True),
        (_("Move to the archive"), "archive", "retire", "customers.retire", True),
        (_("Remove the prospect"), "trash-x", "prospect_remove", "customers.remove", is_prospect),
    ):
        if is_offered and may(actor, permission):
            yield PageAction(label, icon, reverse(f"customers:{name}", args=[customer.pk]))


def level_of(customer: Any) -> Level | None:
    """Return the card level in force; nothing for groups and for customers without one."""
    standing = standing_of(customer)
    if standing is None:
        return None
    rank = standing.level.rank
    name = str(CardLevel(rank).label)
    return Level(name=name, tone=LEVEL_TONES.get(rank, "neutral"), since=standing.active_from)


def active_alerts(actor: Any, customer: Any) -> tuple[ActiveAlert, ...]:
    """Return the alerts of a customer that hold, each with the course of its facts."""
    held = list(alerts.alerts_of_customer(actor, customer.pk).filter(cleared_day__isnull=True))
    day = newest_usage_day()
    days = usage_of(customer, day, SPARK_DAYS) if held and day else []
    return tuple(
        ActiveAlert(
            pk=alert.pk,
            rule=str(Rule(alert.rule).label),
            tone=alerts.rule_tone(alert.rule),
            evidence=alerts.evidence_words(alert),
            since=alert.opened_day,
            state=alert.get_state_display(),
            spark=tuple(sparks(alert, days)),
        )
        for alert in held
    )


def merged_words(merger: Any) -> str:
    """Return the sentence that greets whoever asked for a merged customer."""
    return _("%(gone)s (%(number)s) was merged into %(kept)s on %(day)s.") % {
        "gone": merger.gone,
        "number": merger.gone.number,
        "kept": merger.kept,
        "day": date_format(localtime(merger.at), "Y-m-d"),
    }
