"""The map of who could take an opportunity over."""

import pytest
from tests.factories.opportunities import make_core, prospect, take_in


@pytest.fixture
def waiting(people, at):
    return take_in(
        people.hotline_agent, elements=prospect(), area=people.units.next_district, at=at
    )


def test_every_district_and_channel_is_shown_with_reasons(sign_in, people, waiting):
    make_core(people.partner, people.units.next_district)

    page = sign_in(people.operations_center).get(f"/opportunities/{waiting.pk}/takers/")

    told = page.content.decode()
    assert people.units.district.name in told
    assert people.units.next_district.name in told
    assert told.count(f"<strong>{people.partner.name}</strong>") == 2  # where they work and serve
    assert people.stranger.name not in told
    lines = {line.unit.pk: line for line in page.context["page"].lines}
    assert page.context["page"].lines[0] == lines[people.units.next_district.pk]
    assert lines[people.units.next_district.pk].is_own
    assert [cell.fit for cell in lines[people.units.next_district.pk].cells] == [0, 0, 0, 1]


def test_who_is_hindered_is_told_why_and_not_offered(sign_in, people, waiting):
    make_core(people.partner, people.units.next_district)
    people.partner.capacity = 0
    people.partner.save()

    page = sign_in(people.operations_center).get(f"/opportunities/{waiting.pk}/takers/")

    cell = page.context["page"].lines[0].cells[-1]
    assert (cell.fit, cell.tone) == (0, "hindered")
    assert f'value="{people.partner.pk}"' not in page.content.decode()


def test_it_costs_the_same_however_many_people(
    sign_in, people, waiting, django_assert_max_num_queries
):
    browser = sign_in(people.operations_center)
    browser.get(f"/opportunities/{waiting.pk}/takers/")

    with django_assert_max_num_queries(20):
        browser.get(f"/opportunities/{waiting.pk}/takers/")
