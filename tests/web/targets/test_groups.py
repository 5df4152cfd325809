"""Target groups on screen: built, counted, locked, read, looked at and closed."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from tests.factories.customers import CustomerFactory
from tests.factories.targets import hand_out, make_group, make_locked
from tests.factories.worlds import person_of, world_at

from dakehu.targets.models import TargetGroup

NEW = reverse("targets:group_new")
D = date(2026, 1, 5)


def url(name: str, pk: int) -> str:
    return reverse(f"targets:{name}", args=[pk])


@pytest.fixture
def group(people, at):
    """Four members of the manager, two of the other city's, for the whole province."""
    members = [CustomerFactory(manager=people.manager) for _ in range(4)]
    members += [
        CustomerFactory(manager=people.stranger, unit=people.units.other_district, city_code="02")
        for _ in range(2)
    ]
    return make_locked(people.administrator, members, unit=people.units.province, at=at)


@pytest.fixture
def told(home, people):
    """Three individuals with 20, 40 and 60 yuan a month."""
    with world_at(home) as world:
        numbers = [f"01S{n}" for n in range(1, 4)]
        world.tell_people(D, {number: {"status": 0} for number in numbers})
        for month, gap in ((202510, 60), (202511, 30), (202512, 1)):
            amounts = {number: 2_000 * (n + 1) for n, number in enumerate(numbers)}
            world.tell_months(D - timedelta(days=gap), month, amounts)
        for number in numbers:
            person_of(number, people.manager)
        yield world


def figures(page: str) -> dict[str, int]:
    found = re.findall(r'href="([^"]+)" data-figure="(\d+)"', page)
    return {where.replace("&amp;", "&"): int(count) for where, count in found}


def test_a_group_is_built_locked_and_read(sign_in, people, told, finish_work):
    browser = sign_in(people.supervisor, headers={"accept-language": "en"})
    values = {"name": "宽带提速", "purpose": "推荐千兆", "kind": "INDIVIDUAL"}
    values |= {"unit": people.units.city.pk, "membership": "LIVE", "version": 1}

    editor = browser.post(NEW, values).url
    pk = TargetGroup.objects.get().pk
    leaf = {"act": "add", "place": "", "version": 1, "measure": "revenue_3m"}
    browser.post(editor, {**leaf, "sign": ">=", "value": "40"})
    leaf |= {"version": 2, "measure": "customer__manager"}
    browser.post(editor, {**leaf, "sign": "in", "value": "王芳"})
    counted = browser.get(url("counts", pk)).content.decode()
    page = browser.get(url("group", pk)).content.decode()
    answer = browser.post(url("group_lock", pk), {"version": 3})
    busy = browser.get(answer.url).content.decode()
    finish_work()
    page = browser.get(answer.url).content.decode()

    assert 'data-count="2"' in counted
    assert "01S2" in counted
    assert "every 2s" in busy
    assert "every 2s" not in page
    assert "王芳" in page
    assert figures(page)[f"{reverse('targets:member_list')}?group={pk}"] == 2


@pytest.mark.parametrize(
    "leaf",
    [
        {"measure": "taxes", "sign": ">=", "value": "1"},
        {"measure": "revenue_3m", "sign": ">=", "value": "much"},
        {"measure": "revenue_3m", "sign": ">=", "value": ""},
        {"measure": "customer__city", "sign": "in", "value": "海角"},
        {"measure": "customer__city", "sign": ">", "value": "01"},
        {"measure": "customer__contract_end", "sign": ">=", "value": "soon"},
    ],
)
def test_a_comparison_that_makes_no_sense_is_said(sign_in, people, at, leaf):
    group = make_group(people.supervisor, unit=people.units.city, at=at)
    browser = sign_in(people.supervisor)

    answer = browser.post(
        url("condition", group.pk), {"act": "add", "place": "", "version": 1, **leaf}
    )

    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    group.refresh_from_db()
    assert "all" not in group.condition


def test_the_second_of_two_editors_sees_what_is_stored(sign_in, people, at):
    group = make_group(people.supervisor, unit=people.units.city, at=at)
    leaf = {"act": "add", "place": "", "version": 1, "measure": "tenure_days", "sign": ">="}
    sign_in(people.operations_center).post(url("condition", group.pk), {**leaf, "value": "100"})

    answer = sign_in(people.supervisor).post(url("condition", group.pk), {**leaf, "value": "200"})

    assert answer.status_code == 422
    assert "100" in answer.content.decode()
    group.refresh_from_db()
    assert "200" not in str(group.condition)


@pytest.mark.parametrize(("who", "count"), [("administrator", 6), ("manager", 4), ("stranger", 2)])
def test_every_figure_is_its_list_within_the_reach(sign_in, people, group, who, count):
    browser = sign_in(people.everybody[who])

    page = browser.get(url("group", group.pk)).content.decode()

    found = figures(page)
    assert found[f"{reverse('targets:member_list')}?group={group.pk}"] == count
    for where, size in found.items():
        assert f'data-total="{size}"' in browser.get(where).content.decode(), where


def test_the_page_costs_the_same_however_many_members(
    sign_in, people, group, at, django_assert_max_num_queries
):
    hand_out(group, people.administrator, at=at)
    browser = sign_in(people.administrator)
    browser.get(url("group", group.pk))

    with django_assert_max_num_queries(40):
        browser.get(url("group", group.pk))


def test_drafts_are_seen_by_those_who_define_them(sign_in, people, at):
    draft = make_group(people.supervisor, unit=people.units.city, at=at)

    assert sign_in(people.manager).get(url("group", draft.pk)).status_code == 404
    assert sign_in(people.province_analyst).get(url("group", draft.pk)).status_code == 200


def test_a_group_is_renamed_unlocked_closed_and_removed(sign_in, people, group, at):
    browser = sign_in(people.administrator)
    values = {"name": "新名称", "purpose": "", "version": group.version}
    browser.post(url("group_edit", group.pk), values)
    browser.post(url("group_unlock", group.pk))
    group.refresh_from_db()
    assert (group.name, group.state) == ("新名称", "DRAFT")
    TargetGroup.objects.filter(pk=group.pk).update(state="LOCKED")
    hand_out(group, people.administrator, at=at)

    answer = browser.post(url("group_close", group.pk), {"note": "完成"}, follow=True)

    group.refresh_from_db()
    assert (group.state, group.closing_note) == ("CLOSED", "完成")
    assert "6" in answer.content.decode()
    browser.post(url("group_remove", group.pk))
    assert browser.get(url("group", group.pk)).status_code == 404


def test_a_frozen_group_shows_who_has_left(sign_in, people, group, at):
    member = group.members.first()
    member.customer.retained_at = at
    member.customer.save()
    browser = sign_in(people.administrator, headers={"accept-language": "en"})

    page = browser.get(url("group", group.pk)).content.decode()
    listed = browser.get(
        reverse("targets:member_list"), {"group": group.pk, "presence": "GONE"}
    ).content.decode()

    assert "1 of them have left since" in page
    assert 'data-total="1"' in listed
    assert member.customer.number in listed
