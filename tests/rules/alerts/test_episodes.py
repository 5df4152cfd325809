"""Signals of single days become episodes (W1 to W12)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dakehu.alerts.rules.episodes import (
    UNKNOWN,
    Episode,
    Evidence,
    Said,
    before,
    followed,
    pairs,
)

FIRST = date(2026, 3, 1)


def day(number: int) -> date:
    return FIRST + timedelta(days=number - 1)


def said(told: str, start: int = 1) -> list[Said]:
    """Read "5.-": a digit fired with that evidence, "." was silent, "-" came too late."""
    return [
        Said(
            day=day(start + place),
            delivered=sign != "-",
            evidence=Evidence(int(sign), 1) if sign.isdigit() else None,
        )
        for place, sign in enumerate(told)
    ]


def drawn(episodes: list[Episode]) -> list[tuple[int, int, int | None, int]]:
    """Write episodes as first, last and clearing day, and their newest evidence."""
    number = lambda on: None if on is None else (on - FIRST).days + 1  # noqa: E731
    return [(number(e.opened), number(e.last), number(e.cleared), e.evidence.a) for e in episodes]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        pytest.param("", [], id="nothing was told"),
        pytest.param("...", [], id="never fired"),
        pytest.param("5", [(1, 1, None, 5)], id="fires and goes on"),
        pytest.param("567", [(1, 3, None, 7)], id="goes on with the newest evidence"),
        pytest.param("5.", [(1, 1, 2, 5)], id="clears on the first silent day"),
        pytest.param("5..", [(1, 1, 2, 5)], id="clears once"),
        pytest.param("5-", [(1, 1, None, 5)], id="a late city does not clear"),
        pytest.param("5--.", [(1, 1, 4, 5)], id="clears when the city speaks again"),
        pytest.param("5-6", [(1, 3, None, 6)], id="one episode across a late day"),
        pytest.param("5.6", [(1, 1, 2, 5), (3, 3, None, 6)], id="a new episode after clearing"),
        pytest.param(".5.6.", [(2, 2, 3, 5), (4, 4, 5, 6)], id="two episodes, both over"),
    ],
)
def test_episodes_follow_the_days(told, expected):
    assert drawn(followed(None, said(told))) == expected


@given(st.text("0123456789.-", max_size=12), st.integers(0, 12))
def test_following_from_any_day_again_gives_the_same_episodes(told, cut):
    days = said(told)
    at_once = followed(None, days)
    first = day(cut + 1)

    start = before(at_once, first)
    again = followed(start, days[cut:])

    kept = [e for e in at_once if e.cleared is not None and e.cleared < first]
    rest = [e for e in at_once if e not in kept]
    assert [(e.opened, e.cleared) for e in again] == [(e.opened, e.cleared) for e in rest]
    assert all(
        new.last == UNKNOWN or (new.last, new.evidence) == (old.last, old.evidence)
        for new, old in zip(again, rest, strict=True)
    )


def episode(opened: int, cleared: int | None = None) -> Episode:
    end = None if cleared is None else day(cleared)
    return Episode(opened=day(opened), last=day(opened), evidence=Evidence(1, 1), cleared=end)


@pytest.mark.parametrize(
    ("kept", "found", "expected"),
    [
        pytest.param([], [], [], id="nothing"),
        pytest.param([episode(3)], [episode(3)], [(0, 0)], id="the same first day"),
        pytest.param([episode(3)], [episode(2)], [(0, 0)], id="moves to an earlier first day"),
        pytest.param([episode(3, 4)], [episode(5)], [(0, None), (None, 0)], id="no overlap"),
        pytest.param([], [episode(1)], [(None, 0)], id="a new one"),
        pytest.param([episode(1)], [], [(0, None)], id="its signals are gone"),
        pytest.param(
            [episode(1, 3), episode(4)],
            [episode(1)],
            [(0, 0), (1, None)],
            id="two become one and the earlier stays",
        ),
        pytest.param(
            [episode(2)],
            [episode(2, 3), episode(4)],
            [(0, 0), (None, 1)],
            id="one becomes two",
        ),
    ],
)
def test_alerts_move_with_their_episode(kept, found, expected):
    assert pairs(kept, found) == expected
