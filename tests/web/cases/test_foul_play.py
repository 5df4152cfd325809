"""Script in what customers say is shown as text, wherever it is shown."""

import pytest
from django.urls import reverse
from tests.factories.care import make_visit
from tests.factories.cases import make_case

SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@pytest.mark.parametrize("part", ["case", "visit"])
def test_script_is_shown_as_text(people, customers, sign_in, at, part):
    case = make_case(
        people.hotline_agent,
        kind="COMPLAINT",
        customer=customers.own,
        text=SCRIPT,
        caller_name=SCRIPT[:60],
    )
    visit = make_visit(customers.own, people.manager, at=at, about=SCRIPT[:60])
    pages = {
        "case": [
            reverse("cases:detail", args=[case.pk]),
            reverse("cases:list"),
            reverse("cases:queue"),
            reverse("cases:customer_panel", args=[customers.own.pk]),
        ],
        "visit": [
            reverse("care:visit", args=[visit.pk]),
            reverse("care:visit_list"),
            reverse("care:visit_panel", args=[customers.own.pk]),
        ],
    }
    browser = sign_in(people.manager)

    for page in pages[part]:
        shown = browser.get(page).content.decode()
        assert "&lt;script&gt;" in shown, page
        assert "<script>alert" not in shown, page
        assert "<img src=x" not in shown, page
