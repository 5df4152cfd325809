"""The coverage board, and what a customer is owed."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from dakehu.catalogue.queries import coverage_targets
from dakehu.catalogue.queries.wording import coverage_words
from dakehu.catalogue.values import CoverageTarget
from dakehu.customers.queries import get_customer
from dakehu.obligations.choices import REWARD_TONES, STATE_TONES, RewardState, State
from dakehu.obligations.queries import boards
from dakehu.obligations.queries.wording import service_names
from dakehu.obligations.rules.coverage import covered_of
from dakehu.obligations.rules.quotas import Progress, missed_at_pace
from dakehu.obligations.values import Covered
from dakehu.people.queries import staff_visible_to, units_within
from dakehu.tiering.queries.standings import level_words
from dakehu.tiering.queries.wording import name_of

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@dataclass(frozen=True)
class ShareRow:
    """How far one unit, manager or level has come with one target."""

    name: str
    share: Covered
    url: str

    @property
    def lacking(self) -> int:
        """How many customers do not have the service."""
        return self.share.population - self.share.covered


@dataclass(frozen=True)
class TargetBlock:
    """One target: what it says, how far it is reached, and by whom."""

    service: str
    code: str
    levels: str
    words: str
    share: Covered
    url: str
    rows: tuple[ShareRow, ...]


@dataclass(frozen=True)
class PaceRow:
    """One service: what of this year stands where, and what will be missed at this pace."""

    code: str
    service: str
    counts: tuple[tuple[int, str, str], ...]
    will_miss: int


@dataclass(frozen=True)
class GivenRow:
    """Something that customers have without a share to be reached: how many, and the list."""

    words: str
    count: int
    url: str


@dataclass(frozen=True)
class BoardPage:
    """Coverage and pace within the actor's reach."""

    targets: tuple[TargetBlock, ...]
    paces: tuple[PaceRow, ...]
    will_miss: int
    ways: tuple[tuple[str, str, bool], ...]
    heading: str
    on: date
    given: tuple[GivenRow, ...] = ()


def ways_of(by: str) -> tuple[tuple[str, str, bool], ...]:
    """Return by what shares can be broken down: the words, the address, whether it is so now."""
    ways = (("unit", _("By unit")), ("manager", _("By manager")), ("level", _("By level")))
    return tuple((words, f"?by={name}", name == by) for name, words in ways)


def board_page(actor: "Staff", by: str, *, on: date) -> BoardPage:
    """Gather how far shares are reached, by unit, manager or level, and what will be missed."""
    names = names_by(actor, by)
    services = service_names()
    paces = pace_rows(actor, services, on=on)
    targets = coverage_targets(on=on)
    return BoardPage(
        targets=tuple(
            target_block(actor, target, services, names, by=by, on=on) for target in targets
        ),
        given=given_rows(actor, services, {each.service for each in targets}, on=on),
        paces=paces,
        will_miss=sum(row.will_miss for row in paces),
        ways=ways_of(by),
        heading={"unit": _("Unit"), "manager": _("Manager"), "level": _("Level")}[by],
        on=on,
    )


def given_rows(
    actor: "Staff", services: dict[str, str], aimed_at: set[str], *, on: date
) -> tuple[GivenRow, ...]:
    """Return what is provided though no share is wanted of it, and the trials (C5, O12)."""
    held = boards.held_counts(actor)
    rows = [
        GivenRow(
            f"{code} {services[code]}",
            held[code],
            f"{reverse('obligations:provisions')}?{urlencode({'service': code, 'held': 'now'})}",
        )
        for code in services
        if code in held and code not in aimed_at
    ]
    trials = boards.trial_counts(actor, on=on)
    for name, words in (("running", _("Trials that run")), ("late", _("Trials to be judged"))):
        url = f"{reverse('obligations:trials')}?{urlencode({'open': name})}"
        rows.append(GivenRow(f"C6 {words}", trials[name], url))
    return tuple(rows)


def names_by(actor: "Staff", by: str) -> dict[int | None, str]:
    """Return the names of units, managers or levels, in the order in which they are shown."""
    if by == "level":
        levels = sorted(level_words().items(), key=lambda each: (each[0][0], -each[0][1]))
        return {level.pk: name_of(level) for _place, level in levels}
    people: Any = units_within(actor) if by == "unit" else staff_visible_to(actor)
    return {each.pk: str(each) for each in people}


def target_block(
    actor: "Staff", target: CoverageTarget, services: dict[str, str],
    names: dict[int | None, str], *, by: str, on: date,
) -> TargetBlock:  # fmt: skip
    """Return one target with its rows."""
    shares = boards.shares_by(actor, target, on=on, by=by)
    levels = {place: name_of(level) for place, level in level_words().items()}
    percent = target.coverage.percent
    whole = [sum(each[place] for each in shares.values()) for place in (0, 1)]
    rows = [
        ShareRow(
            names.get(key, "–"),
            covered_of(population=population, covered=covered, percent=percent),
            missing_url(target, **{by: key}) if key in names else "",
        )
        for key, (population, covered) in sorted(
            shares.items(), key=lambda each: place_in(names, each[0])
        )
    ]
    return TargetBlock(
        service=services.get(target.service, target.service),
        code=target.service,
        levels=" ".join(levels.get((target.scheme, rank), str(rank)) for rank in target.ranks),
        words=coverage_words(target.coverage),
        share=covered_of(population=whole[0], covered=whole[1], percent=percent),
        url=missing_url(target),
        rows=tuple(rows),
    )


def place_in(names: dict[int | None, str], key: int | None) -> int:
    """Return where a key stands among names; unknown ones last."""
    return list(names).index(key) if key in names else len(names)


def missing_url(target: CoverageTarget, **chosen: int | None) -> str:
    """Return the list of the customers that a target lacks, narrowed."""
    query = urlencode({"target": boards.name_of_target(target), **chosen})
    return f"{reverse('obligations:missing')}?{query}"


def pace_rows(actor: "Staff", services: dict[str, str], *, on: date) -> tuple[PaceRow, ...]:
    """Return the services of which anything is owed this year."""
    counts = boards.state_counts(actor, on=on)
    progress: dict[str, list[Progress]] = {}
    for service, each in boards.paces(actor, on=on):
        progress.setdefault(service, []).append(each)
    known = [code for code in services if any(code == service for service, _state in counts)]
    return tuple(
        PaceRow(
            code,
            services[code],
            tuple((counts.get((code, state), 0), state, list_url(code, state)) for state in State),
            missed_at_pace(progress.get(code, ())),
        )
        for code in known
    )


def list_url(service: str, state: str) -> str:
    """Return the list of the obligations that a figure counts."""
    query = urlencode({"service": service, "state": state, "year": "this"})
    return f"{reverse('obligations:list')}?{query}"


@dataclass(frozen=True)
class OwedRow:
    """What is owed to a customer of one service: how much of it is done, and when it is next."""

    code: str
    service: str
    obligation: Any
    words: str
    tone: str
    percent: int


@dataclass(frozen=True)
class OwedPage:
    """What a customer is owed and provided with."""

    rows: tuple[OwedRow, ...]
    provisions: tuple[tuple[str, Any], ...]
    missed: int
    customer_id: int
    rewards: tuple[tuple[Any, str], ...] = ()


def owed_page(actor: "Staff", customer_id: int, *, on: date) -> OwedPage:
    """Gather what a customer within reach is owed in the periods of a day."""
    customer = get_customer(actor, customer_id)
    services = service_names()
    return OwedPage(
        rows=tuple(
            OwedRow(
                each.service,
                services.get(each.service, each.service),
                each,
                str(State(each.state).label),
                STATE_TONES[State(each.state)],
                min(100 * each.done // max(each.required, 1), 100),
            )
            for each in boards.obligations_of(customer, on=on)
        ),
        provisions=tuple(
            (services.get(each.service, each.service), each)
            for each in boards.provisions_of(customer)
        ),
        missed=boards.missed_by(customer, since=date(on.year, 1, 1)),
        customer_id=customer.pk,
        rewards=tuple(
            (each, REWARD_TONES[RewardState(each.state)])
            for each in boards.open_rewards_of(customer)
        ),
    )
