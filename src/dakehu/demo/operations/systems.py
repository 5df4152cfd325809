"""Other systems of the demonstration, and what they reported of customers who leave (W14)."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from dakehu.alerts.choices import LeavingKind
from dakehu.alerts.operations import take_report
from dakehu.alerts.values import NewReport
from dakehu.customers.queries import customers_visible_to
from dakehu.demo.values import DemoBook
from dakehu.hooks.choices import EventKind
from dakehu.hooks.operations import create_subscription, pause_subscription
from dakehu.hooks.values import SubscriptionDraft
from dakehu.people.queries import cities, line_of, staff_visible_to
from dakehu.signin.choices import ApiRight
from dakehu.signin.operations import create_client, renew_key, revoke_client
from dakehu.signin.queries import clients_visible_to
from dakehu.signin.values import ClientDraft

if TYPE_CHECKING:
    from dakehu.people.models import Staff, Unit
    from dakehu.signin.models import ApiClient

NAME = "营业受理系统"
"""The system whose key the demonstration prints, so that a visitor can report something."""

FORMER = "旧营业系统"
CAUSES = (
    (LeavingKind.PORT_OUT, "营业厅", "对方网络套餐更便宜", 50),
    (LeavingKind.STOP_REQUEST, "网上营业厅", "暂时出国", 200),
    (LeavingKind.LEAVE_REQUEST, "客服热线", "合约到期不再续约", 390),
)
TOLD = (
    ("集团 CRM", [each.value for each in EventKind], "启用前请改为本单位的接收地址"),
    ("大屏展示", ["opportunity.created", "opportunity.won", "case.closed"], ""),
)
"""Systems that are told: how each is called, of what, and what is noted."""
UNKNOWN = "8099999999"


def furnish_systems(*, book: DemoBook, administrator: "Staff", at: datetime) -> None:
    """Let one system report what customers of the first city asked for today; once."""
    if known_system(administrator) is not None or not cities():
        return
    city = next(iter(cities().values()))
    province = line_of(city)[-2] if len(line_of(city)) > 1 else city
    rights = frozenset({ApiRight.REPORT_LEAVING.value})
    drafts = [
        ClientDraft(NAME, province, rights, 120, note="市场部张工，内线 6021"),
        ClientDraft(FORMER, city, rights, 60, note="已由新系统替代"),
    ]
    system, former = (
        create_client(draft, by=administrator, at=at - timedelta(days=30))[0] for draft in drafts
    )
    revoke_client(former, by=administrator, at=at - timedelta(days=3))
    report(system, administrator, at)
    subscribe(province, administrator, at)


def subscribe(unit: "Unit", administrator: "Staff", at: datetime) -> None:
    """Let two systems be told of what comes; paused, for nobody listens at their addresses."""
    for name, kinds, note in TOLD:
        draft = SubscriptionDraft(
            name=name,
            url=f"https://{'crm' if note else 'board'}.example.com/dakehu/events",
            kinds=frozenset(kinds),
            unit=unit,
            with_people=False,
            is_partner=False,
            note=note,
        )
        made, _secret = create_subscription(draft, by=administrator, at=at - timedelta(days=29))
        pause_subscription(made, by=administrator, at=at - timedelta(hours=30))


def report(system: "ApiClient", administrator: "Staff", at: datetime) -> None:
    """Report three customers of the manager and one that nobody knows."""
    numbers = [*leaving_numbers(administrator, len(CAUSES)), UNKNOWN]
    causes = [*CAUSES, (LeavingKind.LOSS_REPORT, "客服热线", "", 500)]
    for number, (kind, source, reason, ago) in zip(numbers, causes, strict=False):
        happened = at - timedelta(minutes=ago)
        event = NewReport(f"YY-{ago}", number, "", kind, happened, source, reason)
        take_report(event, client=system, at=happened + timedelta(seconds=2))


def leaving_numbers(administrator: "Staff", count: int) -> list[str]:
    """Return subscribers of the manager who can log in, for reports."""
    manager = staff_visible_to(administrator).filter(username="manager").first()
    if manager is None:
        return []
    theirs = customers_visible_to(manager).filter(kind="INDIVIDUAL", managed=True)
    return list(theirs.order_by("-pk").values_list("number", flat=True)[:count])


def fresh_key(administrator: "Staff", at: datetime) -> tuple[str, str] | None:
    """Return a new key of the system, and a subscriber to try it on; nothing without either."""
    system = known_system(administrator)
    numbers = leaving_numbers(administrator, len(CAUSES) + 1)
    if system is None or system.removed_at or not numbers:
        return None
    return renew_key(system, by=administrator, at=at), numbers[-1]


def known_system(administrator: "Staff") -> "ApiClient | None":
    """Return the system of the demonstration, if it is there."""
    found: ApiClient | None = clients_visible_to(administrator).filter(name=NAME).first()
    return found
