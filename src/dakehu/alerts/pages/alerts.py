"""What the pages of alerts and warnings show, gathered as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.alerts import queries
from dakehu.alerts.choices import (
    OUTCOME_TONES,
    REPORTED,
    STATE_TONES,
    AlertState,
    Outcome,
    Rule,
)
from dakehu.alerts.rules.duties import OCCASIONS
from dakehu.ui import panels

EARLIER_SHOWN = 10
FEW = 10
"""With fewer judged contacts nothing can be said."""

RIGHT = (Outcome.KEPT, Outcome.LEAVING)


@dataclass(frozen=True)
class Badge:
    """A word in a tone."""

    text: str
    tone: str


@dataclass(frozen=True)
class ScorePart:
    """One sign of leaving and its points out of a hundred."""

    words: str
    points: int


@dataclass(frozen=True)
class Contact:
    """One contact with the customer as the history shows it."""

    at: datetime
    by: str
    outcome: Badge
    contacted: bool
    note: str
    follow_up_date: Any


@dataclass(frozen=True)
class Episode:
    """Another episode of the same warning on the same customer."""

    pk: int
    opened_day: Any
    cleared_day: Any
    evidence: str
    state: Badge


@dataclass(frozen=True)
class CardMember:
    """Another warning on the same card."""

    pk: int
    version: int
    rule: Badge
    evidence: str
    opened_day: Any


@dataclass(frozen=True)
class Report:
    """What another system reported: what the customer asked for, where, when, and why."""

    kind: str
    at: datetime
    source: str
    reason: str
    client: str


@dataclass(frozen=True)
class Firing:
    """When a warning fires, in a sentence, and whose numbers these are."""

    words: str
    version: int
    place: str = ""


@dataclass(frozen=True)
class AlertPage:
    """One alert with everything that helps to handle it."""

    alert: Any
    rule: Badge
    state: Badge
    evidence: str
    parts: tuple[ScorePart, ...]
    suggestion: str
    fires: Firing
    contacts: tuple[Contact, ...]
    episodes: tuple[Episode, ...]
    members: tuple[CardMember, ...]
    reports: tuple[Report, ...]
    may_handle: bool
    panels: tuple[panels.Panel, ...]


@dataclass(frozen=True)
class RuleLine:
    """One warning in the overview: its alerts that go on."""

    code: str
    badge: Badge
    fires: str
    going_on: int


@dataclass(frozen=True)
class Figure:
    """A number with its words."""

    words: str
    value: str
    hint: str = ""


@dataclass(frozen=True)
class OutcomeLine:
    """How many contacts ended in one outcome, and their share in per cent."""

    badge: Badge
    count: int
    percent: int


@dataclass(frozen=True)
class RulePage:
    """One warning: what it asks for, how it has done, and its numbers in force."""

    code: str
    badge: Badge
    suggestion: str
    figures: tuple[Figure, ...]
    outcomes: tuple[OutcomeLine, ...]
    version: int
    numbers: tuple[tuple[str, int], ...]
    fires: str
    only_alive: str
    elsewhere: tuple[tuple[str, str], ...]
    backtest: Any
    verdict: Badge | None


def alert_page(actor: Any, alert: Any) -> AlertPage:
    """Gather the page of an alert that the actor may open."""
    books = queries.Books()
    is_open = alert.state != AlertState.WITHDRAWN
    is_reported = alert.rule in REPORTED
    return AlertPage(
        alert=alert,
        rule=rule_badge(alert.rule),
        state=state_badge(alert),
        evidence=queries.evidence_words(alert, books),
        parts=tuple(ScorePart(*part) for part in queries.score_parts(alert)),
        suggestion=queries.suggested_act(alert.rule),
        fires=firing_of(alert, books),
        contacts=tuple(contact_of(handling) for handling in queries.handlings_of(alert)),
        episodes=tuple(
            episode_of(other, books)
            for other in queries.earlier_episodes(actor, alert)[:EARLIER_SHOWN]
        ),
        members=tuple(
            CardMember(
                pk=other.pk,
                version=other.version,
                rule=rule_badge(other.rule),
                evidence=queries.evidence_words(other, books),
                opened_day=other.opened_day,
            )
            for other in queries.card_alerts_open_to(actor, alert)
        ),
        reports=report_lines(alert) if is_reported else (),
        may_handle=is_open and actor.may("alerts.handle"),
        # The panels tell of the facts of the night, which knew nothing of it.
        panels=() if is_reported else panels.panels_for("alert", actor),
    )


def firing_of(alert: Any, books: queries.Books) -> Firing:
    """Return when the warning of an alert fires with the numbers that judged it."""
    numbers = books.of(alert)
    place = queries.place_words(queries.place_from(alert.place)) if alert.place else ""
    return Firing(queries.fires_when(alert.rule, numbers), alert.numbers_version, place)


def report_lines(alert: Any) -> tuple[Report, ...]:
    """Return what other systems reported of an alert."""
    return tuple(
        Report(
            kind=each.get_kind_display(),
            at=each.happened_at,
            source=each.source,
            reason=each.reason,
            client=each.client.name,
        )
        for each in queries.reports_of(alert)
    )


def contact_of(handling: Any) -> Contact:
    """Return one handling as the history shows it."""
    return Contact(
        at=handling.at,
        by=str(handling.by),
        outcome=Badge(handling.get_outcome_display(), OUTCOME_TONES[handling.outcome]),
        contacted=handling.contacted,
        note=handling.note,
        follow_up_date=handling.follow_up_date,
    )


def episode_of(alert: Any, books: queries.Books) -> Episode:
    """Return another episode as a line."""
    return Episode(
        pk=alert.pk,
        opened_day=alert.opened_day,
        cleared_day=alert.cleared_day,
        evidence=queries.evidence_words(alert, books),
        state=state_badge(alert),
    )


def rule_badge(rule: str) -> Badge:
    """Return the badge of a warning."""
    return Badge(str(Rule(rule).label), queries.rule_tone(rule))


def state_badge(alert: Any) -> Badge:
    """Return the badge of where the handling of an alert stands."""
    return Badge(alert.get_state_display(), STATE_TONES[alert.state])


def rule_lines(actor: Any, *, on: date) -> list[RuleLine]:
    """Return all warnings with how many alerts go on within the actor's reach."""
    numbers = queries.book_on(on).province
    return [
        RuleLine(rule, rule_badge(rule), queries.fires_when(rule, numbers), count)
        for rule, count in queries.counts_by_rule(actor).items()
    ]


def rule_page(actor: Any, rule: str, *, at: datetime) -> RulePage:
    """Gather the page of a warning."""
    record = queries.rule_record(actor, rule, at=at)
    version, numbers = queries.numbers_in_force(rule, on=localdate(at))
    book = queries.book_on(localdate(at))
    figures = figures_of(record)
    return RulePage(
        code=rule,
        badge=rule_badge(rule),
        suggestion=queries.suggested_act(rule),
        figures=figures[:2] if rule in OCCASIONS else figures,
        outcomes=outcomes_of(record),
        version=version,
        numbers=tuple(numbers),
        fires=queries.fires_when(rule, book.province),
        only_alive=queries.only_alive(rule, book.province),
        elsewhere=tuple(queries.fires_elsewhere(rule, book)),
        backtest=queries.newest_backtest_of(version) if actor.may("alerts.try") else None,
        verdict=None if rule in OCCASIONS else verdict_of(record.outcomes),
    )


def figures_of(record: queries.RuleRecord) -> tuple[Figure, ...]:
    """Return the four figures of a warning's record."""
    lost = _("%(named)s of %(lost)s pre-deregistered customers had it before") % {
        "named": record.lost_with_alert,
        "lost": record.lost_customers,
    }
    judged = _("Share of judged contacts that were kept or leaving, not a false alarm")
    return (
        Figure(_("Hold now"), f"{record.going_on:,}"),
        Figure(_("Opened in 90 days"), f"{record.opened:,}"),
        Figure(_("Precision"), percent_words(record.precision), judged),
        Figure(_("Recall"), percent_words(record.recall), lost),
    )


def percent_words(value: int | None) -> str:
    """Return a share in per cent, or a dash while there is nothing to judge."""
    return "–" if value is None else f"{value} %"


def outcomes_of(record: queries.RuleRecord) -> tuple[OutcomeLine, ...]:
    """Return every outcome with its count and share."""
    total = sum(record.outcomes.values())
    return tuple(
        OutcomeLine(
            Badge(str(Outcome(outcome).label), OUTCOME_TONES[outcome]),
            count,
            100 * count // total if total else 0,
        )
        for outcome, count in record.outcomes.items()
    )


def verdict_of(counts: Mapping[str, int]) -> Badge:
    """Say whether a warning is worth the work it makes."""
    right = sum(counts.get(outcome, 0) for outcome in RIGHT)
    wrong = counts.get(Outcome.FALSE_ALARM, 0)
    if right + wrong < FEW:
        return Badge(_("Too few to tell"), "neutral")
    if right >= 2 * wrong:
        return Badge(_("Worth it"), "success")
    return Badge(_("Noise"), "danger") if wrong > right else Badge(_("Mixed"), "warning")
