"""The warnings of the demonstration: numbers with an override, a draft, trials (W1-W12)."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from dakehu.alerts import operations
from dakehu.alerts.choices import TrialKind
from dakehu.alerts.queries import asking_rule, book_of, newest_judged_day, sets_known
from dakehu.alerts.queries import new_asking_rule as asking_as
from dakehu.alerts.values import NumberBook, Override, Place
from dakehu.demo.values import DemoBook
from dakehu.people.queries import staff_visible_to

if TYPE_CHECKING:
    from dakehu.alerts.models import NumberSet
    from dakehu.people.models import Staff

DIAMOND, GOLD = Place("", 4), Place("", 3)
HORIZON = 14
TRIED_DAYS = 30
MOST_CARDS = 12


def publish_numbers(*, administrator: "Staff", active_from: date, at: datetime) -> None:
    """Publish numbers that look closer at the best customers, before any night judges them."""
    if sets_known().exists():
        return
    keeper = _keeper(administrator)
    book = NumberBook(
        overrides=(
            Override(DIAMOND, {"hotline_calls": 2, "fall_percent": 80, "leaving_score": 40}),
            Override(Place("01"), {"contract_days": 45}),
        )
    )
    kept = operations.draft_numbers(based_on=1, reason="", by=keeper, at=at)
    reason = "钻石卡客户从严预警；首个地市合约提前45天提醒"
    operations.save_numbers(
        draft=kept, book=book, reason=reason, version=kept.version, by=keeper, at=at
    )
    operations.propose_numbers(draft=kept, active_from=active_from, by=keeper, at=at)
    kept.refresh_from_db()
    operations.publish_numbers(proposed=kept, version=kept.version, by=administrator, at=at)


def furnish_warnings(*, book: DemoBook, administrator: "Staff", at: datetime) -> None:
    """Draft other numbers, try them, and set how alerts ask; once."""
    keeper = _keeper(administrator)
    known = list(sets_known())
    if len(known) == 1:
        draft = _draft(known[0], keeper, at)
        _try(draft, book, keeper, at)
    if asking_rule().pk is None:
        rule = asking_as({"most_cards": MOST_CARDS})
        operations.set_asking(rule=rule, version=0, by=administrator, at=at)


def _draft(holding: "NumberSet", keeper: "Staff", at: datetime) -> "NumberSet":
    """Draft numbers that make fewer alerts, and look closer at gold cards as well."""
    kept = operations.draft_numbers(based_on=holding.number, reason="", by=keeper, at=at)
    book = book_of(kept)
    stricter = NumberBook(
        replace(book.province, fall_percent=60, last_month_percent=60, idle_calls=8),
        (*book.overrides, Override(GOLD, {"leaving_score": 45})),
    )
    reason = "减少误报：通话下降与昨日无通话收紧，金卡客户放宽"
    operations.save_numbers(
        draft=kept, book=stricter, reason=reason, version=kept.version, by=keeper, at=at
    )
    return kept


def _try(draft: "NumberSet", book: DemoBook, keeper: "Staff", at: datetime) -> None:
    """Ask for a preview of the newest day, and for back-tests of the draft and its base."""
    newest = newest_judged_day()
    if newest is None:
        return
    last = book.until - timedelta(days=HORIZON)
    first = max(book.first + timedelta(days=1), last - timedelta(days=TRIED_DAYS - 1))
    wishes = [operations.Wish(TrialKind.PREVIEW, draft.number, newest, newest)]
    if first <= last:
        wishes += [
            operations.Wish(TrialKind.BACKTEST, number, first, last, HORIZON)
            for number in (draft.based_on, draft.number)
        ]
    for wish in wishes:
        operations.ask_for_trial(wish=wish, by=keeper, at=at)


def _keeper(administrator: "Staff") -> "Staff":
    """Return who keeps the numbers: the operations center, else the administrator's deputy."""
    found = staff_visible_to(administrator).filter(role="OPERATIONS_CENTER").first()
    return found or administrator
