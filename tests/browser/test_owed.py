"""What is owed to customers in the browser: one main page of each feature, in both looks."""

from datetime import date

import pytest
from django.utils import timezone
from tests.browser.conftest import LOOKS, name_of
from tests.factories.care import make_visit
from tests.factories.customers import GroupFactory
from tests.factories.obligations import make_owed
from tests.factories.surveys import make_surveys
from tests.factories.tiering import StandingFactory, level_of

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = {
    "catalogue": "/catalogue/",
    "coverage": "/obligations/board/",
    "agenda": "/care/agenda/",
    "calendar": "/clocks/calendars/{unit}/",
    "survey": "/surveys/{survey}/",
}


@pytest.mark.slow
@pytest.mark.parametrize(("language", "theme", "viewport"), LOOKS)
def test_every_feature_of_what_is_owed_looks_right(
    open_browser, people, take_shot, find_barriers, language, theme, viewport
):
    now = timezone.now()
    group = GroupFactory(manager=people.manager, unit=people.manager.unit)
    StandingFactory(customer=group, level=level_of("group-abc", 5), active_from=date(2020, 1, 1))
    make_owed(people, group)
    make_visit(group, people.supervisor, at=now)
    surveys = make_surveys(people, group, at=now)
    page = open_browser(people.supervisor, language=language, theme=theme, viewport=viewport)

    for name, address in PAGES.items():
        page.goto(address.format(unit=people.units.city.pk, survey=surveys.survey.pk))
        page.wait_for_load_state("networkidle")
        take_shot(page, f"{name}-{name_of(language, theme, viewport)}", whole=True)
        assert find_barriers(page) == [], name
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, name
