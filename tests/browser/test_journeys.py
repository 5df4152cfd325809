"""A working day in the browser: workbench, alert, handling, hand-out, finding a customer."""

from datetime import UTC, date, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from playwright.sync_api import expect
from tests.browser.conftest import DESKTOP, LOOKS, PHONE, name_of
from tests.factories.alerts import AlertFactory, HandlingFactory, TodoFactory
from tests.factories.customers import MonthFactory, ServiceLogFactory
from tests.factories.facts import Facts, usage_row
from tests.factories.tiering import StandingFactory

pytestmark = pytest.mark.django_db(transaction=True)

DAY = date(2026, 3, 1)
AT = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def card_levels(transactional_db):
    """The card levels, which come with a migration and go with the flush after each test."""
    migration = import_module("dakehu.tiering.migrations.0002_card_level")
    migration.add_card_levels(apps, None)


@pytest.fixture
def night(people):
    """The night that evaluated DAY."""
    from dakehu.exchange.choices import RunKind
    from dakehu.exchange.models import EvaluatedDay, Run

    run = Run.objects.create(
        kind=RunKind.NIGHTLY,
        first_day=DAY,
        last_day=DAY,
        started_at=AT,
        started_by="night",
        host="here",
        pid=1,
    )
    EvaluatedDay.objects.create(day=DAY, token="t1", alerts_at=AT, run=run)
    return run


@pytest.fixture
def facts_at_rest(home, customers, people, night):
    """Two months of usage of the manager's customer, falling at the end; the unit's figures."""
    from dakehu.exchange.models import Delivery, LivePartition, UnitFigure

    facts = Facts(home)
    for ago in range(60):
        day = DAY - timedelta(days=ago)
        voice = 60 * (5 if ago < 7 else 25 + ago % 5)
        row = usage_row(
            customers.own.number, day, voice_onnet_s=voice, data_kb=300_000 + 9000 * (ago % 7)
        )
        part = facts.deliver_usage(day, "01", [row], managed={customers.own.number})
        delivery = Delivery.objects.create(
            dialect="dakehu",
            city_code="01",
            day=day,
            send=0,
            fingerprint=f"{ago}",
            state="ACCEPTED",
            taken_at=AT,
            run=night,
        )
        LivePartition.objects.create(
            interface="usage",
            day=day,
            city_code="01",
            version=part.version,
            rows=1,
            delivery=delivery,
        )
        for code, value in (("alerts", 90 - ago), ("alerts_opened", 20 + ago % 7)):
            UnitFigure.objects.create(unit=people.units.city, day=day, code=code, value=value)
    return facts


@pytest.fixture
def province(customers, facts_at_rest):
    """Customers with facts, standings, alerts, to-dos, contacts, logs and bills."""
    customers.own.phone = "13812345678"
    customers.own.group = customers.group
    customers.own.save()
    StandingFactory(customer=customers.own, rank=3)
    alert = AlertFactory(
        customer=customers.own,
        rule="W10",
        a=75,
        b=50,
        parts={"voice": 30, "offnet": 15, "zero_calls": 15, "data": 10, "complaints": 5},
    )
    TodoFactory(alert=alert, urgency=1)
    fall = AlertFactory(customer=customers.own, rule="W04", a=2100, b=47_000)
    TodoFactory(alert=fall, urgency=2, due_date=DAY + timedelta(days=3))
    AlertFactory(customer=customers.own, rule="W07", a=3, b=7)
    TodoFactory(alert__customer=customers.colleagues, alert__rule="W11", alert__a=-320)
    AlertFactory(customer=customers.unowned, rule="W02", a=4, b=3)
    HandlingFactory(
        alert=AlertFactory(
            customer=customers.own,
            rule="W01",
            a=4,
            opened_day=DAY - timedelta(days=20),
            cleared_day=DAY - timedelta(days=12),
            state="HANDLED",
        ),
        note="已解释账单，客户满意",
    )
    ServiceLogFactory(customer=customers.own)
    for ym in (202510, 202511, 202512, 202601, 202602):
        MonthFactory(customer=customers.own, ym=ym, revenue_fen=15_000 + 7 * ym % 6000)
    customers.alert = alert
    return customers


def settled(page):
    """Wait until everything that is fetched after the page is there."""
    page.wait_for_load_state("networkidle")
    expect(page.locator(".waiting")).to_have_count(0)


def overflow(page):
    """Return how much wider the page is than the window."""
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


PAGES = {
    "workbench": ("manager", "/"),
    "supervision": ("supervisor", "/"),
    "province": ("province_analyst", "/"),
    "counter": ("hotline_agent", "/"),
    "search": ("hotline_agent", "/search/?q=01s"),
    "customer": ("manager", "/customer/{own}/"),
    "alerts": ("supervisor", "/alerts/?active=true"),
    "alert": ("manager", "/alerts/{alert}/"),
    "todos": ("supervisor", "/todos/?state=OPEN"),
    "warnings": ("supervisor", "/alerts/warnings/"),
    "warning": ("supervisor", "/alerts/warnings/W10/"),
    "abnormal": ("supervisor", "/alerts/sheets/abnormal/?day=2026-03-01"),
    "visits": ("supervisor", "/alerts/sheets/visits/?day=2026-03-02"),
}


@pytest.mark.slow
@pytest.mark.parametrize("screen", PAGES)
@pytest.mark.parametrize(("language", "theme", "viewport"), LOOKS)
def test_every_screen_looks_right(
    open_browser, people, province, take_shot, find_barriers, screen, language, theme, viewport
):
    part, address = PAGES[screen]
    page = open_browser(getattr(people, part), language=language, theme=theme, viewport=viewport)

    page.goto(address.format(own=province.own.pk, alert=province.alert.pk))
    settled(page)

    take_shot(page, f"{screen}-{name_of(language, theme, viewport)}", whole=True)
    assert find_barriers(page) == []
    assert overflow(page) <= 0


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_a_manager_handles_an_alert_from_the_workbench(
    open_browser, manager, province, take_shot, find_barriers, viewport
):
    page = open_browser(manager, viewport=viewport)
    page.goto("/")
    expect(page.locator("#todo-badge")).to_contain_text("2")

    page.locator(".line", has_text="离网倾向得分75").get_by_role("link").first.click()
    drawer = page.locator("#drawer")
    expect(drawer.get_by_text("通话量下降")).to_be_visible()
    settled(page)
    take_shot(page, f"drawer-{viewport['width']}")
    assert find_barriers(page) == []

    drawer.get_by_label("需再次联系").check()
    drawer.get_by_role("button", name="登记").click()
    expect(drawer.get_by_text("请填写再次联系的日期")).to_be_visible()
    drawer.get_by_label("已挽留").check()
    drawer.get_by_label("已接通客户").check()
    drawer.get_by_label("备注").fill("已续约一年")
    drawer.get_by_role("button", name="登记").click()

    expect(page.get_by_text("已登记：已挽留，待办已完成。")).to_be_visible()
    expect(page.locator("#todo-badge")).to_contain_text("1")
    expect(page.locator(".bench-column").first.get_by_text("离网倾向得分75")).to_have_count(0)


def test_a_follow_up_day_puts_the_todo_off(open_browser, manager, province):
    page = open_browser(manager, language="en")
    page.goto(f"/alerts/{province.alert.pk}/")

    day = datetime.now(tz=UTC).date() + timedelta(days=30)
    page.get_by_label("No answer").check()
    page.get_by_label("Follow up on").fill(day.isoformat())
    page.get_by_role("button", name="Record").click()

    expect(page.get_by_text(f"The to-do waits until {day}.")).to_be_visible()
    page.goto("/todos/")
    row = page.locator("tr", has_text="Leaving score 75 of 100")
    expect(row).to_contain_text(day.isoformat())


def test_a_supervisor_hands_out_what_nobody_owns(
    open_browser, supervisor, province, manager, take_shot
):
    page = open_browser(supervisor)
    page.goto("/")
    page.get_by_role("link", name="去派单").click()
    settled(page)

    page.get_by_label("选择本页全部").check()
    page.get_by_role("button", name="派单").click()
    drawer = page.locator("#drawer")
    # The label also tells what the person carries.
    drawer.get_by_label("派给").select_option(value=str(manager.pk))
    take_shot(page, "hand-out")
    drawer.get_by_role("button", name="派单").click()

    expect(page.get_by_text(f"已将1条预警派给{manager.name}。")).to_be_visible()
    page.goto("/")
    expect(page.get_by_text("每条预警都有负责人")).to_be_visible()
    settled(page)


@pytest.mark.parametrize("typed", ["5678", "zhangwei", "01S00000101"])
def test_the_hotline_finds_a_customer(open_browser, people, province, typed):
    page = open_browser(people.hotline_agent)
    page.goto("/")

    page.get_by_label("搜索客户", exact=True).fill(typed)
    page.get_by_role("button", name="搜索", exact=True).click()

    expect(page.get_by_role("heading", name="张伟")).to_be_visible()
    expect(page.get_by_text("138****5678").first).to_be_visible()
    settled(page)


def test_the_timeline_goes_on_and_can_be_narrowed(open_browser, manager, province):
    for place in range(30):
        ServiceLogFactory(customer=province.own, content=f"第{place}次回访")
    page = open_browser(manager)
    page.goto(f"/customer/{province.own.pk}/")
    timeline = page.locator("#panel-timeline")
    expect(timeline.locator(".timeline-item")).to_have_count(20)

    timeline.get_by_role("link", name="更早").click()
    expect(timeline.locator(".timeline-item")).to_have_count(40)
    timeline.get_by_role("link", name="预警", exact=True).click()

    expect(timeline.locator(".timeline-item")).to_have_count(5)
    settled(page)
