"""Screens of ownership: asking, preview, deciding, receipts, pool, loads, proposals, numbers."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.conftest import AT
from tests.factories.alerts import AlertFactory, TodoFactory
from tests.factories.customers import CustomerFactory
from tests.factories.ownership import (
    TODAY,
    assigned,
    away,
    customers_of,
    make_ownership,
    owner_of,
)
from tests.factories.people import StaffFactory
from tests.factories.tiering import StandingFactory

from dakehu.ownership.models import Move, OwnerRule, Receipt

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def morning():
    """The morning of 2 March 2026."""
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def head(sign_in, people):
    """The head of city 01, signed in."""
    return sign_in(people.supervisor)


def choice(*customers):
    return {"chosen": "ids", "ids": [each.pk for each in customers]}


def answer(to, **more):
    return {"to": to.pk, "effective_on": TODAY.isoformat(), "reason": "片区调整", **more}


def text_of(response) -> str:
    return response.content.decode()


def test_the_customer_list_offers_to_assign_to_who_may(sign_in, people, customers):
    assert "/ownership/assign/" in text_of(sign_in(people.supervisor).get("/customers/?kind="))
    assert "/ownership/assign/" not in text_of(sign_in(people.manager).get("/customers/?kind="))


def test_chosen_customers_are_asked_about_then_previewed_then_moved(head, people):
    zhang, li = customers_of(people.manager, 2)
    StandingFactory(customer=zhang, rank=4)
    TodoFactory(alert=AlertFactory(customer=zhang))

    asked = head.post("/ownership/assign/", choice(zhang, li))
    drafted = head.post("/ownership/assign/", {**choice(zhang, li), **answer(people.colleague)})
    preview = text_of(head.get(drafted.url))
    head.post(f"{drafted.url}decide/")

    assert "已选择<b>2</b>户客户" in text_of(asked)
    assert "李强 · 东城 · 0/300 (0 %)" in text_of(asked)
    for words in ("尚未变更任何内容", "钻石卡", "未完成待办", "有效预警", "变更前后的负荷"):
        assert words in preview
    assert {owner_of(zhang), owner_of(li)} == {people.colleague}


def test_all_that_match_the_filter_are_moved_and_the_filter_is_told(head, people):
    customers_of(people.manager, 3)
    CustomerFactory(manager=people.telephone_manager)
    chosen = {"chosen": "filter", "filter": f"manager={people.manager.pk}"}

    head.post("/ownership/assign/", {**chosen, **answer(people.colleague)})

    move = Move.objects.get()
    assert (move.customers, move.chosen) == (3, "客户经理: 王芳 (manager)")


def test_somebody_on_leave_is_refused_and_the_deputy_offered(head, people):
    zhang = CustomerFactory(manager=people.manager)
    deputy = StaffFactory(unit=people.units.district, name="许静")
    away(people.colleague, deputy=deputy)
    posted = {**choice(zhang), **answer(people.colleague)}

    refused = head.post("/ownership/assign/", posted)
    instead = head.post("/ownership/assign/", {**posted, "instead": deputy.pk})

    assert refused.status_code == 422
    assert "李强休假至2026-03-10，由许静代理。" in text_of(refused)
    assert f'name="instead" value="{deputy.pk}"' in text_of(refused)
    assert Move.objects.get().to_staff == deputy
    assert instead.status_code == 302


def test_somebody_out_of_reach_is_refused_in_words(head, people):
    zhang = CustomerFactory(manager=people.manager)

    response = head.post("/ownership/assign/", {**choice(zhang), **answer(people.stranger)})

    assert response.status_code == 422
    assert "该人员不在您的管理范围内" in text_of(response)


def test_customers_out_of_reach_are_not_moved(head, people):
    far = CustomerFactory(manager=people.stranger)

    response = head.post("/ownership/assign/", {**choice(far), **answer(people.colleague)})

    assert response.status_code == 422
    assert not Move.objects.exists()


def test_a_draft_is_seen_by_its_maker_alone(head, sign_in, people):
    zhang = CustomerFactory(manager=people.manager)
    drafted = head.post("/ownership/assign/", {**choice(zhang), **answer(people.colleague)})

    assert sign_in(people.administrator).get(drafted.url).status_code == 404
    assert head.post(f"{drafted.url}discard/").url == "/ownership/"
    assert head.get(drafted.url).status_code == 404


def test_a_planned_move_can_be_cancelled_on_its_page(head, people):
    zhang = CustomerFactory(manager=people.manager)
    later = (TODAY + timedelta(days=3)).isoformat()
    posted = {**choice(zhang), **answer(people.colleague, effective_on=later)}
    drafted = head.post("/ownership/assign/", posted)
    head.post(f"{drafted.url}decide/")

    page = text_of(head.get(drafted.url))
    head.post(f"{drafted.url}cancel/")

    assert "计划中" in page
    assert "取消变更" in page
    assert Move.objects.get().state == "CANCELLED"


def test_an_undo_needs_a_reason_and_says_what_it_leaves(head, people):
    zhang, li = customers_of(people.manager, 2)
    move = assigned([zhang, li], to=people.colleague, by=people.supervisor, at=AT)
    with time_machine.travel(AT + timedelta(hours=1)):
        assigned(
            [li], to=people.telephone_manager, by=people.dispatcher, at=AT + timedelta(hours=1)
        )

    without = head.post(f"/ownership/{move.pk}/undo/", follow=True)
    undone = head.post(f"/ownership/{move.pk}/undo/", {"reason": "分错"}, follow=True)

    assert "请说明原因" in text_of(without)
    assert "1户客户未变更" in text_of(undone)
    assert "期间客户已被他人变更归属" in text_of(undone)
    assert owner_of(zhang) == people.manager


def test_a_swap_page_exchanges_all_customers_of_two(head, people):
    zhang, li = CustomerFactory(manager=people.manager), CustomerFactory(manager=people.colleague)
    posted = {
        "one": people.manager.pk,
        "other": people.colleague.pk,
        "effective_on": TODAY.isoformat(),
        "reason": "轮岗",
    }

    assert head.get("/ownership/swap/").status_code == 200
    drafted = head.post("/ownership/swap/", posted)
    head.post(f"{drafted.url}decide/")

    assert (owner_of(zhang), owner_of(li)) == (people.colleague, people.manager)


def test_a_cover_begins_with_whom_the_link_names(head, people):
    CustomerFactory(manager=people.manager)

    page = text_of(head.get(f"/ownership/cover/?absent={people.manager.pk}"))

    assert f'<option value="{people.manager.pk}" selected>' in page


def test_the_panel_of_a_customer_tells_owners_and_offers_changes(head, sign_in, people):
    zhang = CustomerFactory(manager=people.manager, delivered_manager=people.manager)
    assigned([zhang], to=people.colleague, by=people.supervisor, at=AT)

    mine = text_of(head.get(f"/ownership/of-customer/{zhang.pk}/"))
    colleagues = text_of(sign_in(people.colleague).get(f"/ownership/of-customer/{zhang.pk}/"))

    for words in ("王芳", "李强", "片区调整", "直到地市文件改报"):
        assert words in mine
    assert "/ownership/assign/" in mine
    assert "/ownership/assign/" not in colleagues
    assert sign_in(people.manager).get(f"/ownership/of-customer/{zhang.pk}/").status_code == 404


def test_what_was_handed_to_me_is_confirmed_with_a_remark(sign_in, people):
    zhang = CustomerFactory(manager=people.manager, name="滨海港务")
    assigned([zhang], to=people.colleague, by=people.supervisor, at=AT)
    receipt = Receipt.objects.get(staff=people.colleague)
    client = sign_in(people.colleague)

    listed = text_of(client.get("/ownership/received/"))
    page = text_of(client.get(f"/ownership/received/{receipt.pk}/"))
    client.post(f"/ownership/received/{receipt.pk}/confirm/", {"remark": "已拜访"})

    assert "待确认" in listed
    assert "滨海港务" in page
    receipt.refresh_from_db()
    assert receipt.remark == "已拜访"


def test_my_pool_is_claimed_within_limits(sign_in, people):
    zhang = CustomerFactory(unit=people.units.district, name="单晓霞")
    client = sign_in(people.manager)

    page = text_of(client.get("/ownership/pool/"))
    claimed = client.post("/ownership/pool/claim/", choice(zhang), follow=True)
    late = sign_in(people.colleague).post("/ownership/pool/claim/", choice(zhang), follow=True)

    assert "单晓霞" in page
    assert "现在还可认领<b>10</b>户" in page
    assert "1户客户现由您负责" in text_of(claimed)
    assert "他人已先认领" in text_of(late)


def test_the_pool_of_another_unit_is_not_shown(sign_in, people):
    CustomerFactory(unit=people.units.next_district, name="单晓霞")

    assert "单晓霞" not in text_of(sign_in(people.manager).get("/ownership/pool/"))


def test_loads_equal_the_lists_they_lead_to(head, people):
    from html.parser import HTMLParser

    zhang, *_others = customers_of(people.manager, 7)
    StandingFactory(customer=zhang, rank=3)
    CustomerFactory(manager=people.manager, retained_at=AT)

    class Figures(HTMLParser):
        found: list[tuple[str, str]] = []

        def handle_starttag(self, tag, attrs):
            values = dict(attrs)
            if "data-figure" in values:
                self.found.append((values["href"], values["data-figure"]))

    Figures().feed(text_of(head.get("/ownership/loads/")))

    assert Figures.found
    for url, figure in Figures.found:
        assert head.get(url).context["page"].total.number == int(figure)
    assert "7" in {figure for _url, figure in Figures.found}


def test_a_manager_sees_but_their_own_load(sign_in, people):
    page = text_of(sign_in(people.manager).get("/ownership/loads/"))

    assert "王芳" in page
    assert "李强" not in page


def test_overloaded_people_can_be_picked_out(head, people):
    people.manager.capacity = 1
    people.manager.save()
    customers_of(people.manager, 3)

    page = text_of(head.get("/ownership/loads/?standing=OVER"))

    assert "王芳" in page
    assert "李强" not in page


def test_proposals_are_adjusted_and_drafted(head, people):
    zhang = CustomerFactory(unit=people.units.district, name="单晓霞")
    li = CustomerFactory(unit=people.units.district, name="李娜")

    page = text_of(head.get("/ownership/propose/"))
    drafted = head.post(
        "/ownership/propose/draft/",
        {
            "unit": people.units.city.pk,
            "ids": [zhang.pk, li.pk],
            f"owner-{zhang.pk}": people.manager.pk,
            f"owner-{li.pk}": people.colleague.pk,
            "effective_on": TODAY.isoformat(),
            "reason": "新客户分配",
        },
    )
    head.post(f"{drafted.url}decide/")

    assert "2户客户待分配" in page
    assert "片区 +20、等级 +20" in page
    assert (owner_of(zhang), owner_of(li)) == (people.manager, people.colleague)


def test_numbers_are_simulated_proposed_and_approved_by_another(sign_in, people):
    proposer, approver = sign_in(people.operations_center), sign_in(people.administrator)
    CustomerFactory.create_batch(3, unit=people.units.district)
    customers_of(people.manager, 2)
    form = proposer.get("/ownership/numbers/propose/").context["form"]
    typed = {bound.name: bound.value() for bound in form}
    typed |= {"area_unit": 0, "area_city": 90, "reason": "试", "languages": "01/东城 = 维吾尔语"}

    simulated = proposer.post("/ownership/numbers/propose/", {**typed, "simulate": "1"})
    proposer.post("/ownership/numbers/propose/", typed)
    rule = OwnerRule.objects.get()
    page = text_of(proposer.get(f"/ownership/numbers/{rule.pk}/"))
    proposer.post(f"/ownership/numbers/{rule.pk}/approve/", {"version": rule.version})
    rule.refresh_from_db()
    refused = rule.approved_at is None
    approver.post(f"/ownership/numbers/{rule.pk}/approve/", {"version": rule.version})
    rule.refresh_from_db()

    assert "3条推荐中有" in text_of(simulated)
    assert not OwnerRule.objects.filter(approved_by=people.operations_center).exists()
    assert "须由他人批准" in page
    assert refused
    assert rule.approved_by == people.administrator
    assert rule.numbers["languages"] == [["01/东城", "维吾尔语"]]


def test_wrong_numbers_are_told_by_field(sign_in, people):
    client = sign_in(people.administrator)
    form = client.get("/ownership/numbers/propose/").context["form"]
    typed = {bound.name: bound.value() for bound in form}
    wrong = {**typed, "reason": "x", "under_percent": 100, "languages": "nonsense", "load": -1}

    response = client.post("/ownership/numbers/propose/", wrong)

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"under_percent", "languages", "load"}


def test_the_desk_shows_managers_with_figures_that_lead_to_their_lists(head, people):
    zhang, _li = customers_of(people.manager, 2)
    AlertFactory(customer=zhang)
    TodoFactory(alert__customer=zhang, alert__rule="W01", state="DONE", closed_at=AT)

    page = head.get("/managers/").context["page"]

    line = next(line for line in page.lines if line.person == people.manager)
    assert line.figures[0].count == 2
    for figure in line.figures:
        if figure.url:
            listed = head.get(figure.url)
            assert listed.context["page"].total.number == figure.count, figure.url


@pytest.mark.parametrize(
    "url", ["/ownership/", "/ownership/loads/", "/ownership/pool/", "/managers/"]
)
def test_a_page_costs_the_same_for_many(head, people, url):
    make_ownership(people)
    customers_of(people.manager, 2)
    CustomerFactory(unit=people.units.district)
    head.get(url)
    with CaptureQueriesContext(connection) as few:
        head.get(url)
    for person in StaffFactory.create_batch(5, unit=people.units.district):
        customers_of(person, 3)
    CustomerFactory.create_batch(5, unit=people.units.district)
    assigned(customers_of(people.manager, 3), to=people.colleague, by=people.supervisor, at=AT)

    with CaptureQueriesContext(connection) as many:
        head.get(url)

    assert len(many) == len(few)


def test_the_page_of_a_move_costs_the_same_for_many_customers(head, people):
    def cost(count):
        move = assigned(
            customers_of(people.manager, count), to=people.colleague, by=people.supervisor, at=AT
        )
        with CaptureQueriesContext(connection) as queries:
            head.get(reverse("ownership:detail", args=[move.pk]))
        return len(queries)

    assert cost(2) == cost(9)


def test_a_fragment_of_a_move_is_what_the_page_polls_for(head, people):
    move = assigned(
        customers_of(people.manager, 1), to=people.colleague, by=people.supervisor, at=AT
    )

    fragment = text_of(head.get(f"/ownership/{move.pk}/", headers={"HX-Request": "true"}))

    assert fragment.lstrip().startswith('<div id="ownership-move"')


def test_formulas_and_markup_in_a_reason_stay_text(head, people):
    zhang = CustomerFactory(manager=people.manager)
    wild = "=1+1<script>alert(1)</script>"

    drafted = head.post(
        "/ownership/assign/", {**choice(zhang), **answer(people.colleague, reason=wild)}
    )

    assert "<script>alert(1)" not in text_of(head.get(drafted.url))
