"""The workbench of somebody who looks after customers (工作台)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.alerts import queries as alerts
from dakehu.alerts.choices import Rule
from dakehu.customers.queries import customers_visible_to
from dakehu.desk.pages.data_state import DataState, data_state
from dakehu.desk.pages.tiles import Tile, list_url
from dakehu.ui import charts
from dakehu.ui.todos import source_of
from dakehu.worklist import queries as worklist

SHOWN = 8
TREND_DAYS = 30


@dataclass(frozen=True)
class TodoLine:
    """One to-do: what, for whom, how soon, and where it is worked on."""

    words: str
    customer: str
    url: str
    icon: str
    urgency: int
    urgency_words: str
    due_date: date | None
    is_overdue: bool


@dataclass(frozen=True)
class RuleBar:
    """One warning with the number of alerts that hold, its share of the largest, and its list."""

    words: str
    tone: str
    count: int
    percent: int
    url: str


@dataclass(frozen=True)
class AlertLine:
    """One alert as a line: customer, evidence, and its first number where it is a score."""

    pk: int
    customer: str
    evidence: str
    score: int
    owner: str
    rule: str
    tone: str


@dataclass(frozen=True)
class ManagerBench:
    """Everything on the workbench of a manager."""

    data: DataState
    tiles: tuple[Tile, ...]
    todos: tuple[TodoLine, ...]
    todos_url: str
    rules: tuple[RuleBar, ...]
    leavers: tuple[AlertLine, ...]
    leavers_url: str
    birthdays: tuple[AlertLine, ...]
    birthdays_url: str
    contracts: tuple[AlertLine, ...]
    contracts_url: str
    contacts: charts.Option
    contacts_total: int


def manager_bench(actor: Any, *, at: datetime) -> ManagerBench:
    """Gather the workbench of a manager."""
    today = localdate(at)
    contacts = alerts.handled_by_day(actor, first=today - timedelta(days=TREND_DAYS - 1), at=at)
    return ManagerBench(
        data=data_state(actor),
        tiles=manager_tiles(actor, today),
        todos=todo_lines(worklist.my_todos(actor)[:SHOWN], today),
        todos_url=list_url("worklist:list", owner="me", state="OPEN"),
        rules=rule_bars(actor),
        leavers=alert_lines(alerts.likely_leavers(actor)[:SHOWN]),
        leavers_url=rule_url(Rule.W10),
        birthdays=alert_lines(alerts.holding_alerts(actor, Rule.W07)[:SHOWN]),
        birthdays_url=rule_url(Rule.W07),
        contracts=alert_lines(alerts.holding_alerts(actor, Rule.W08)[:SHOWN]),
        contracts_url=rule_url(Rule.W08),
        contacts=contact_trend(contacts, today),
        contacts_total=sum(contacts.values()),
    )


def manager_tiles(actor: Any, today: date) -> tuple[Tile, ...]:
    """Return the six figures of a manager."""
    todos = worklist.todo_counts(actor, on=today)
    counts = alerts.alert_counts(actor, on=None)
    mine = {"owner": "me", "state": "OPEN"}
    return (
        Tile(_("Overdue"), todos.overdue, list_url("worklist:list", **mine, due="overdue"),
             "clock-exclamation", "danger"),
        Tile(_("Due today"), todos.due, list_url("worklist:list", **mine, due="today"),
             "calendar-due", "warning"),
        Tile(_("Open to-dos"), todos.open, list_url("worklist:list", **mine), "checklist"),
        Tile(_("New alerts"), counts.untouched,
             list_url("alerts:list", active="true", state="NEW"), "alarm-plus"),
        Tile(_("Alerts that hold"), counts.going_on, list_url("alerts:list", active="true"),
             "alarm"),
        Tile(_("My customers"), customers_visible_to(actor).order_by().count(),
             list_url("customers:list"), "users"),
    )  # fmt: skip


def todo_lines(todos: Any, today: date) -> tuple[TodoLine, ...]:
    """Return to-dos as lines."""
    return tuple(todo_line(todo, today) for todo in todos)


def todo_line(todo: Any, today: date) -> TodoLine:
    """Return one to-do as a line."""
    source = source_of(todo.source)
    return TodoLine(
        words=source.words(todo.facts),
        customer=str(todo.customer or ""),
        url=source.url(todo.source_id),
        icon=source.icon,
        urgency=todo.urgency,
        urgency_words=todo.get_urgency_display(),
        due_date=todo.due_date,
        is_overdue=bool(todo.due_date and todo.due_date < today),
    )


def rule_bars(actor: Any) -> tuple[RuleBar, ...]:
    """Return the warnings that hold anywhere, the most frequent first."""
    counts = {rule: count for rule, count in alerts.counts_by_rule(actor).items() if count}
    most = max(counts.values(), default=0)
    return tuple(
        RuleBar(
            words=str(Rule(rule).label),
            tone=alerts.rule_tone(rule),
            count=count,
            percent=100 * count // most,
            url=rule_url(rule),
        )
        for rule, count in sorted(counts.items(), key=lambda pair: -pair[1])
    )


def rule_url(rule: str) -> str:
    """Return the list of the alerts of one warning that hold."""
    return list_url("alerts:list", active="true", rule=str(rule))


def alert_lines(found: Any) -> tuple[AlertLine, ...]:
    """Return alerts as lines."""
    books = alerts.Books()
    return tuple(
        AlertLine(
            pk=alert.pk,
            customer=str(alert.customer),
            evidence=alerts.evidence_words(alert, books),
            score=alert.a,
            owner=str(alert.owner or ""),
            rule=str(Rule(alert.rule).label),
            tone=alerts.rule_tone(alert.rule),
        )
        for alert in found
    )


def contact_trend(contacts: dict[date, int], today: date) -> charts.Option:
    """Return the actor's contacts of the last days as bars."""
    days = [today - timedelta(days=ago) for ago in range(TREND_DAYS - 1, -1, -1)]
    values = [float(contacts.get(day, 0)) for day in days]
    return charts.bars([f"{day:%m-%d}" for day in days], {_("Contacts"): values})
