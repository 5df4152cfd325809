"""One line through everything that happened with a customer, newest first (V1).

The sources are asked for what lies before the place reached so far and merged; the place is the
instant and the key of the last entry shown, so paging neither skips nor repeats.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from heapq import nlargest
from typing import Any

from django.urls import reverse
from django.utils.timezone import make_aware
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from dakehu.alerts import queries as alerts
from dakehu.alerts.choices import Outcome, Rule
from dakehu.audit.queries import changes_of
from dakehu.campaigns.choices import RESULT_TONES
from dakehu.campaigns.queries.reading import told_to_customer
from dakehu.customers.choices import SATISFACTION_TONES, CardLevel
from dakehu.customers.queries import (
    change_line,
    gifts_of,
    history_until,
    months_of,
    notes_of,
    opinions_of,
    service_logs_until,
    trail_of,
)
from dakehu.tiering.queries import standings_of
from dakehu.ui.words import month, yuan
from dakehu.worklist.queries import category_label, work_of_customer

PAGE = 20
# Entries of one calendar day share their instant; more than this many never do.
SPARE = 60
KINDS = {
    "alert": gettext_lazy("Alerts"),
    "contact": gettext_lazy("Contacts"),
    "log": gettext_lazy("Service logs"),
    "campaign": gettext_lazy("Campaigns"),
    "work": gettext_lazy("Work done"),
    "level": gettext_lazy("Card level"),
    "manager": gettext_lazy("Manager"),
    "bill": gettext_lazy("Bills"),
    "opinion": gettext_lazy("Opinions"),
    "gift": gettext_lazy("Gifts"),
    "note": gettext_lazy("Notes"),
    "change": gettext_lazy("Changes of the file"),
}
# What is an entry of its own, or the manager's, is not told again as a change.
TOLD_APART = ("worklist.workentry", "customers.opinion", "customers.gift", "customers.marketnote")


@dataclass(frozen=True)
class Entry:
    """One thing that happened; ``key`` tells it from others at the same instant."""

    at: datetime
    key: str
    kind: str
    icon: str
    tone: str
    title: str
    text: str = ""
    url: str = ""
    is_day: bool = False


@dataclass(frozen=True)
class Place:
    """How far a reader has come: the instant and key of the last entry shown."""

    at: datetime
    key: str

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.key}"

    @classmethod
    def read(cls, typed: str) -> "Place | None":
        """Read a place from an address; nonsense begins at the newest entry again."""
        instant, separator, key = typed.partition("~")
        try:
            at = datetime.fromisoformat(instant)
        except ValueError:
            return None
        return cls(at, key) if separator and at.tzinfo else None


@dataclass(frozen=True)
class Timeline:
    """One page of the line, and the place from which the next one goes on."""

    entries: tuple[Entry, ...]
    kinds: tuple[tuple[str, str, bool], ...]
    kind: str
    following: str


def timeline(actor: Any, customer: Any, *, kind: str, after: Place | None) -> Timeline:
    """Gather one page of what happened with a customer whom the actor may see."""
    wanted = [kind] if kind in SOURCES else list(SOURCES)
    found = [
        entry
        for name in wanted
        for entry in SOURCES[name](actor, customer, after.at if after else None)
    ]
    if after is not None:
        found = [entry for entry in found if (entry.at, entry.key) < (after.at, after.key)]
    newest = nlargest(PAGE + 1, found, key=lambda entry: (entry.at, entry.key))
    shown = newest[:PAGE]
    following = str(Place(shown[-1].at, shown[-1].key)) if len(newest) > PAGE else ""
    return Timeline(
        entries=tuple(shown),
        kinds=tuple((name, str(words), name == kind) for name, words in KINDS.items()),
        kind=kind if kind in SOURCES else "",
        following=following,
    )


def midnight(day: date) -> datetime:
    """Return the instant at which a day begins."""
    return make_aware(datetime.combine(day, time.min))


def alert_entries(actor: Any, customer: Any, until: datetime | None) -> list[Entry]:
    """Return alerts that were opened and cleared."""
    found = alerts.alerts_of_customer(actor, customer.pk)
    opened, cleared = found.order_by("-opened_day"), found.filter(cleared_day__isnull=False)
    cleared = cleared.order_by("-cleared_day")
    if until is not None:
        opened = opened.filter(opened_day__lte=until.date())
        cleared = cleared.filter(cleared_day__lte=until.date())
    return [alert_entry(alert, alert.opened_day, is_end=False) for alert in cut(opened)] + [
        alert_entry(alert, alert.cleared_day, is_end=True) for alert in cut(cleared)
    ]


def alert_entry(alert: Any, day: date, *, is_end: bool) -> Entry:
    """Return the beginning or the end of an alert."""
    words = _("Cleared: %(warning)s") if is_end else _("Alert: %(warning)s")
    return Entry(
        at=midnight(day),
        key=f"alert:{alert.pk}:{'end' if is_end else 'begin'}",
        kind="alert",
        icon="circle-check" if is_end else "alarm",
        tone="success" if is_end else alerts.rule_tone(alert.rule),
        title=words % {"warning": Rule(alert.rule).label},
        text="" if is_end else alerts.evidence_words(alert),
        url=reverse("alerts:detail", args=[alert.pk]),
        is_day=True,
    )


def contact_entries(actor: Any, customer: Any, until: datetime | None) -> list[Entry]:
    """Return contacts on alerts."""
    found = alerts.handlings_of_customer(actor, customer.pk)
    if until is not None:
        found = found.filter(at__lte=until)
    return [
        Entry(
            at=handling.at,
            key=f"contact:{handling.pk}",
            kind="contact",
            icon="phone-call",
            tone="info",
            title=_("%(who)s: %(outcome)s")
            % {"who": handling.by, "outcome": Outcome(handling.outcome).label},
            text=handling.note,
            url=reverse("alerts:detail", args=[handling.alert_id]),
        )
        for handling in cut(found)
    ]


def log_entries(actor: Any, customer: Any, until: datetime | None) -> list[Entry]:
    """Return acts recorded in the city's own system."""
    return [
        Entry(
            at=log.at,
            key=f"log:{log.pk}",
            kind="log",
            icon="notebook",
            tone="neutral",
            title=f"{log.category} · {log.staff or log.manager_no}".strip(" ·"),
            text=log.content,
        )
        for log in cut(service_logs_until(customer, until=until))
    ]


def campaign_entries(actor: Any, customer: Any, until: datetime | None) -> list[Entry]:
    """Return for what the customer was called or written to."""
    return [
        Entry(
            at=at,
            key=f"campaign:{row.pk}",
            kind="campaign",
            icon="speakerphone",
            tone=RESULT_TONES.get(row.result, "neutral"),
            title=" · ".join(
                str(part)
                for part in (row.campaign, row.get_result_display(), row.called_by)
                if part
            ),
            text=" · ".join(part for part in (row.reply, row.note) if part),
            url=reverse("campaigns:row", args=[row.pk]),
        )
        for at, row in told_to_customer(actor, customer.pk, until=until, most=PAGE + SPARE)
    ]


def work_entries(actor: Any, customer: Any, until: datetime | None) -> list[Entry]:
    """Return what people wrote down of their work for the customer."""
    language = get_language() or ""
    return [
        Entry(
            at=work.at,
            key=f"work:{work.pk}",
            kind="work",
            icon="clipboard-text",
            tone="info",
            title=f"{category_label(work.category, language)} · {work.staff}",
            text=work.text,
        )
        for work in cut(work_of_customer(customer, until=until))
    ]


def level_entries(actor: Any, customer: Any, until: datetime | None) -> list[Entry]:
    """Return changes of the card level."""
    return [
        Entry(
            at=midnight(standing.active_from),
            key=f"level:{standing.pk}",
            kind="level",
            icon="award",
            tone="accent",
            title=_("Card level: %(level)s") % {"level": CardLevel(standing.level.rank).label},
            is_day=True,
        )
        for standing in standings_of(customer)
        if until is None or midnight(standing.active_from) <= until
    ]


def manager_entries(actor: Any, customer: Any, until: datetime | None) -> list[Entry]:
    """Return changes of the manager."""
    found = changes_of(customer).filter(fields__has_key="manager")
    if until is not None:
        found = found.filter(at__lte=until)
    return [
        Entry(
            at=change.at,
            key=f"manager:{change.pk}",
            kind="manager",
            icon="user-share",
            tone="info",
            title=_("Manager: %(before)s → %(after)s")
            % {
                "before": change.fields["manager"][0] or "–",
                "after": change.fields["manager"][1] or "–",
            },
        )
        for change in cut(found)
    ]


def bill_entries(actor: Any, customer: Any, until: datetime | None) -> list[Entry]:
    """Return the money of each month, on the first day after it."""
    known = ((midnight(day_after(bill.ym)), bill) for bill in months_of(customer))
    return [
        Entry(
            at=at,
            key=f"bill:{bill.ym}",
            kind="bill",
            icon="receipt-yuan",
            tone="neutral",
            title=_("Bill of %(month)s: %(amount)s yuan")
            % {"month": month(bill.ym), "amount": yuan(bill.revenue_fen or 0)},
            text=arrears_words(bill),
            is_day=True,
        )
        for at, bill in known
        if until is None or at <= until
    ]


def arrears_words(bill: Any) -> str:
    """Return what is owed of a month; nothing if nothing is."""
    if not bill.arrears_fen:
        return ""
    return _("%(amount)s yuan owed for %(days)s days") % {
        "amount": yuan(bill.arrears_fen),
        "days": bill.arrears_days or 0,
    }


def day_after(ym: int) -> date:
    """Return the first day after a month."""
    year, number = divmod(ym, 100)
    return date(year + number // 12, number % 12 + 1, 1)


def opinion_entries(actor: Any, customer: Any, until: datetime | None) -> list[Entry]:
    """Return what the customer said at visits and on the telephone."""
    return [
        Entry(
            at=opinion.at,
            key=f"opinion:{opinion.pk}",
            kind="opinion",
            icon="message-2",
            tone=SATISFACTION_TONES.get(opinion.satisfaction or 0, "neutral"),
            title=" · ".join(
                str(part)
                for part in (
                    opinion.get_source_display(),
                    opinion.contact,
                    opinion.get_satisfaction_display() if opinion.satisfaction else "",
                )
                if part
            ),
            text=opinion.text,
        )
        for opinion in cut(opinions_of(customer, until=until))
    ]


def gift_entries(actor: Any, customer: Any, until: datetime | None) -> list[Entry]:
    """Return presents that were given."""
    return [
        Entry(
            at=midnight(gift.on),
            key=f"gift:{gift.pk}",
            kind="gift",
            icon="gift",
            tone="accent",
            title=_("Gift: %(what)s") % {"what": gift.what},
            text=" · ".join(str(part) for part in (gift.occasion, gift.contact) if part),
            is_day=True,
        )
        for gift in cut(gifts_of(customer, until=until))
    ]


def note_entries(actor: Any, customer: Any, until: datetime | None) -> list[Entry]:
    """Return what was learned about competitors and the market."""
    return [
        Entry(
            at=note.at,
            key=f"note:{note.pk}",
            kind="note",
            icon="swords",
            tone="warning" if note.competitor else "neutral",
            title=" · ".join(
                str(part)
                for part in (note.get_kind_display(), note.competitor, note.product)
                if part
            ),
            text=note.text,
        )
        for note in cut(notes_of(customer, until=until))
    ]


def change_entries(actor: Any, customer: Any, until: datetime | None) -> list[Entry]:
    """Return what was changed about the file, apart from what is told as itself."""
    trail = trail_of(customer)
    found = history_until(customer, until=until).exclude(fields__has_key="manager")
    lines = (
        (change, change_line(change, trail))
        for change in cut(found.exclude(subject_type__in=TOLD_APART))
    )
    return [
        Entry(
            at=change.at,
            key=f"change:{change.pk}",
            kind="change",
            icon="pencil",
            tone="neutral",
            title=" · ".join(part for part in (line.verb, line.what, line.actor) if part),
            text=line.shortened,
        )
        for change, line in lines
    ]


def cut(rows: Any) -> list[Any]:
    """Return as many rows as one page can need."""
    return list(rows[: PAGE + SPARE])


Source = Callable[[Any, Any, datetime | None], list[Entry]]
SOURCES: dict[str, Source] = {
    "alert": alert_entries,
    "contact": contact_entries,
    "log": log_entries,
    "campaign": campaign_entries,
    "work": work_entries,
    "level": level_entries,
    "manager": manager_entries,
    "bill": bill_entries,
    "opinion": opinion_entries,
    "gift": gift_entries,
    "note": note_entries,
    "change": change_entries,
}
