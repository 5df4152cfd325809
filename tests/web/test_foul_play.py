"""Script in what people type is shown as text, and strangers find nothing, on pages of work."""

import pytest
from django.urls import reverse
from tests.factories.care import make_event, make_invitation
from tests.factories.orders import make_order
from tests.factories.outbox import write

SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@pytest.fixture
def pages(people, customers, at):
    """Pages that show what somebody typed, by what they are about."""
    mine = customers.own
    event = make_event(people.manager, at=at, title=SCRIPT[:60], about=SCRIPT)
    make_invitation(event, mine, people.manager, at=at)
    order = make_order(people.manager, customer=mine, subject=SCRIPT[:60], place=SCRIPT[:60])
    message = write(mine, people.manager, at=at, text=SCRIPT)
    return {
        "event": [
            reverse("care:event", args=[event.pk]),
            reverse("care:event_list"),
            reverse("care:invitation_list"),
            reverse("care:event_panel", args=[mine.pk]),
        ],
        "order": [
            reverse("cases:order", args=[order.pk]),
            reverse("cases:order_paper", args=[order.pk]),
            reverse("cases:orders"),
        ],
        "message": [
            reverse("outbox:message", args=[message.pk]),
            reverse("outbox:list"),
            reverse("outbox:customer_panel", args=[mine.pk]),
        ],
    }


@pytest.mark.parametrize("part", ["event", "order", "message"])
def test_script_is_shown_as_text(people, sign_in, pages, part):
    browser = sign_in(people.manager)

    for page in pages[part]:
        shown = browser.get(page).content.decode()
        assert "&lt;script&gt;" in shown, page
        assert "<script>alert" not in shown, page
        assert "<img src=x" not in shown, page


@pytest.mark.parametrize("part", ["event", "order", "message"])
def test_another_citys_people_find_nothing(people, sign_in, pages, part):
    browser = sign_in(people.stranger)

    assert browser.get(pages[part][0]).status_code == 404
