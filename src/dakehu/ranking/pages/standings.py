"""Where one customer stands by the trained model, and what pushed it there."""

from dataclasses import dataclass
from typing import Any

from dakehu.ranking import queries
from dakehu.ranking.values import Push


@dataclass(frozen=True)
class PushLine:
    """One input in words: what it is, its value, what it does to the odds, and a bar."""

    words: str
    value: str
    odds: str
    percent: int


@dataclass(frozen=True)
class StandingPanel:
    """Where a customer stands, in words; without a standing, why there is none."""

    standing: queries.Standing
    probability: str
    top: str
    ups: tuple[PushLine, ...]
    downs: tuple[PushLine, ...]


def standing_panel(customer: Any) -> StandingPanel | None:
    """Gather where a customer stands; nothing if it was not ranked."""
    standing = queries.standing_of(customer)
    if standing is None:
        return None
    most = max((abs(each.push) for each in (*standing.ups, *standing.downs)), default=1.0)
    return StandingPanel(
        standing=standing,
        probability=queries.percent_words(standing.probability),
        top=queries.percent_words(standing.place / standing.ranked),
        ups=tuple(push_line(each, most) for each in standing.ups),
        downs=tuple(push_line(each, most) for each in standing.downs),
    )


def push_line(push: Push, most: float) -> PushLine:
    """Return one input as a panel shows it."""
    return PushLine(
        words=queries.input_words(push.name),
        value=queries.value_words(push),
        odds=queries.odds_words(push),
        percent=max(round(100 * abs(push.push) / most), 1),
    )
