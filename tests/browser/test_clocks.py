"""Clocks in the browser: what runs out, and a promise explained."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from tests.browser.conftest import LOOKS
from tests.factories.clocks import Runner, standard

from dakehu.clocks.choices import ClockKind
from dakehu.clocks.operations import start_clock, sweep

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("language", "theme", "viewport"), LOOKS)
def test_what_runs_out_and_how_a_deadline_came_about_have_no_barriers(
    open_browser, take_shot, find_barriers, people, supervisor, language, theme, viewport
):
    run = Runner(people, people.units.district)
    clock = run.start("2 working_day", "2026-09-30 16:00")
    run.pause(clock, "2026-10-08 10:00")
    run.resume(clock, "2026-10-08 11:00")
    for hours in (1, 9, 30):
        begun = timezone.now() - timedelta(hours=hours)
        promised = {"kind": ClockKind.RESOLVE, "standard": standard("10 hour"), "source": "R1 v1"}
        thing = {"subject": "thing", "subject_id": 90 + hours, "customer": None}
        start_clock(
            **thing,
            **promised,
            unit=people.units.district,
            owner=people.manager,
            by=None,
            at=begun,
        )
    sweep(at=timezone.now())
    page = open_browser(supervisor, language=language, theme=theme, viewport=viewport)

    for name, address in (("list", "/clocks/?face=open"), ("clock", f"/clocks/{clock.pk}/")):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        expect(page.locator("h1")).to_be_visible()
        take_shot(page, f"{name}-{language}-{theme}-{viewport['width']}", whole=True)
        assert find_barriers(page) == []
