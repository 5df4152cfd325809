"""The dispatch desk in the browser: dragged onto an engineer, signed on the screen."""

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import LOOKS
from tests.factories.cases import make_case
from tests.factories.orders import make_order, serve

from dakehu.cases.models import WorkOrder

pytestmark = pytest.mark.django_db(transaction=True)
BOARD = "/cases/board/?day=2026-03-03"


@pytest.mark.parametrize(("language", "theme", "viewport"), LOOKS)
def test_the_desk_drags_and_the_customer_signs(
    open_browser, take_shot, find_barriers, people, customers, language, theme, viewport
):
    case = make_case(people.hotline_agent, kind="FAULT", customer=customers.own, text="专线断了")
    waiting = make_order(people.hotline_agent, case=case, skills=("光缆抢修",))
    look = {"language": language, "theme": theme, "viewport": viewport}

    desk = open_browser(people.dispatcher, **look)
    desk.goto(BOARD)
    take_shot(desk, f"board-{language}-{theme}-{viewport['width']}", whole=True)
    assert find_barriers(desk) == []
    desk.locator(f"[data-order='{waiting.pk}']").drag_to(
        desk.locator(f"[data-engineer='{people.engineer.pk}'] th")
    )
    expect(desk.locator(f"[data-engineer='{people.engineer.pk}'] .board-order")).to_be_visible()
    assert WorkOrder.objects.get(pk=waiting.pk).engineer == people.engineer

    other = make_order(people.manager, customer=customers.own)
    desk.goto(f"/cases/orders/{other.pk}/assign/")
    assert find_barriers(desk) == []

    serve(waiting, people.engineer)
    phone = open_browser(people.engineer, **look)
    phone.goto(f"/cases/orders/{waiting.pk}/sign/")
    assert find_barriers(phone) == []
    phone.locator("#sign_name").fill("林先生")
    box = phone.locator("canvas").bounding_box()
    phone.mouse.move(box["x"] + 30, box["y"] + 40)
    phone.mouse.down()
    phone.mouse.move(box["x"] + 120, box["y"] + 20, steps=5)
    phone.mouse.move(box["x"] + 160, box["y"] + 50, steps=5)
    phone.mouse.up()
    phone.locator("form[data-signature] button[type=submit]").click()
    expect(phone.locator(".order-signature")).to_be_visible()
    take_shot(phone, f"order-{language}-{theme}-{viewport['width']}", whole=True)
    assert find_barriers(phone) == []
    signed = WorkOrder.objects.get(pk=waiting.pk)
    assert (signed.state, signed.signed_how) == ("SIGNED", "DRAWN")
