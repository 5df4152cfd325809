"""The pages of duplicates: compare, merge, dismiss, undo; warnings before one is entered."""

import pytest
from django.urls import reverse
from tests.factories.archive import ProspectFactory
from tests.factories.customers import GroupFactory
from tests.factories.duplicates import PairFactory, make_duplicates

from dakehu.audit.models import Access
from dakehu.customers.models import Contact, Customer, DuplicatePair, Merger

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(people, at):
    return make_duplicates(people, at=at)


@pytest.fixture
def client(sign_in, people):
    return sign_in(people.supervisor)


def url(name, *args):
    return reverse(f"customers:{name}", args=args)


def text_of(response):
    return response.content.decode()


def test_the_list_shows_what_may_be_the_same_and_why(client, known):
    text = text_of(client.get(url("duplicate_list"), {"state": "OPEN"}))

    assert "海岚食品集团" in text
    assert "名称相同" in text
    assert url("duplicate", known.open.pk) in text
    assert url("duplicate", known.dismissed.pk) not in text


def test_an_empty_list_says_so(client, people):
    assert "没有疑似重复" in text_of(client.get(url("duplicate_list")))


def test_who_may_not_merge_is_refused_everywhere(sign_in, people, known):
    client = sign_in(people.manager)

    assert client.get(url("duplicate_list")).status_code == 403
    assert client.get(url("duplicate", known.open.pk)).status_code == 403
    for name in ("duplicate_merge", "duplicate_dismiss", "duplicate_reopen"):
        assert client.post(url(name, known.open.pk)).status_code == 403
    assert client.post(url("merger_undo", known.merger.pk)).status_code == 403


def test_a_pair_out_of_reach_is_not_there(client, people):
    far = GroupFactory(manager=people.stranger)
    near = ProspectFactory(manager=people.manager)
    pair = PairFactory(first=far, second=near)

    assert client.get(url("duplicate", pair.pk)).status_code == 404


def test_both_are_shown_side_by_side_masked_and_the_look_is_recorded(client, known):
    known.open.second.phone = "13912345678"
    known.open.second.save()

    text = text_of(client.get(url("duplicate", known.open.pk)))

    assert "139****5678" in text
    assert "13912345678" not in text
    assert "名称相同" in text
    seen = set(Access.objects.filter(verb="VIEWED").values_list("subject_id", flat=True))
    assert seen == {known.open.first_id, known.open.second_id}


def test_the_delivered_one_is_kept_and_cannot_be_given_away(client, known):
    text = text_of(client.get(url("duplicate", known.open.pk)))

    assert 'value="first" checked' in text
    assert 'name="kept_side" value="second"' not in text
    assert "并入另一客户" in text


def test_merging_leads_to_the_kept_customer_and_says_so(client, known):
    answer = client.post(
        url("duplicate_merge", known.open.pk),
        {"kept_side": "first", "reason": "核实"},
        follow=True,
    )

    assert answer.redirect_chain[-1][0] == f"/customer/{known.group.pk}/"
    assert "合并到海岚食品集团" in text_of(answer)
    assert Merger.objects.filter(kept=known.group, reason="核实").exists()


def test_a_prospect_cannot_swallow_what_the_city_delivers(client, known):
    answer = client.post(
        url("duplicate_merge", known.open.pk), {"kept_side": "second"}, follow=True
    )

    assert "请保留地市报送的客户" in text_of(answer)
    assert DuplicatePair.objects.get(pk=known.open.pk).state == "OPEN"


def test_without_a_choice_nothing_is_merged(client, known):
    answer = client.post(url("duplicate_merge", known.open.pk), {}, follow=True)

    assert "请选择保留哪一个客户" in text_of(answer)


def test_of_two_prospects_values_are_chosen_one_by_one(client, people):
    first = ProspectFactory(manager=people.manager, name="海岚", phone="13900000001")
    second = ProspectFactory(manager=people.manager, name="海岚食品", phone="13900000002")
    pair = PairFactory(first=first, second=second)

    client.post(
        url("duplicate_merge", pair.pk),
        {"kept_side": "first", "customer.name": "second", "customer.phone": "first"},
    )

    kept = Customer.objects.get(pk=first.pk)
    assert (kept.name, kept.phone.plain) == ("海岚食品", "13900000001")


def test_dismissing_is_answered_and_can_be_taken_back(client, known):
    answer = client.post(url("duplicate_dismiss", known.open.pk), follow=True)
    assert "以后不再提示" in text_of(answer)

    answer = client.post(url("duplicate_reopen", known.open.pk), follow=True)
    assert "已重新列为疑似重复" in text_of(answer)


def test_a_second_decision_is_refused_in_words(client, known):
    answer = client.post(url("duplicate_dismiss", known.dismissed.pk), follow=True)

    assert "已由他人处理" in text_of(answer)


def test_a_merged_customers_page_leads_on_with_a_notice(client, known):
    answer = client.get(f"/customer/{known.merger.gone_id}/", follow=True)

    assert answer.redirect_chain[-1][0] == f"/customer/{known.group.pk}/"
    assert "合并到海岚食品集团" in text_of(answer)


def test_a_merged_customer_beyond_reach_stays_unknown(sign_in, people, known):
    client = sign_in(people.stranger)

    assert client.get(f"/customer/{known.merger.gone_id}/").status_code == 404
    assert client.get(url("merged_file", known.merger.gone_id)).status_code == 404


def test_the_merged_file_can_be_read_with_its_history(client, known):
    text = text_of(client.get(url("merged_file", known.merger.gone_id)))

    assert "本档案仅供查阅" in text
    assert "电话核实" in text


def test_the_panel_shows_proposals_and_mergers(client, sign_in, people, known):
    text = text_of(client.get(url("duplicates_panel", known.group.pk)))

    assert url("duplicate", known.open.pk) in text
    assert url("merger_undo", known.merger.pk) in text
    plain = text_of(sign_in(people.manager).get(url("duplicates_panel", known.group.pk)))
    assert url("merger_undo", known.merger.pk) not in plain


def test_undoing_brings_both_back(client, known):
    answer = client.post(url("merger_undo", known.merger.pk), follow=True)

    assert "已恢复为两个客户" in text_of(answer)
    assert answer.redirect_chain[-1][0] == f"/customer/{known.merger.gone_id}/"


def test_an_undoing_that_cannot_be_is_refused_in_words(client, known):
    client.post(url("merger_undo", known.merger.pk))

    answer = client.post(url("merger_undo", known.merger.pk), follow=True)

    assert "已由他人撤销" in text_of(answer)


def prospect(people, **typed):
    return {
        "version": 1,
        "name": "海岚食品有限责任公司",
        "unit": people.units.district.pk,
        **typed,
    }


def test_whoever_enters_a_prospect_is_told_first_and_may_save_all_the_same(client, people, known):
    before = Customer.objects.count()

    told = client.post(url("prospect_add"), prospect(people))

    assert told.status_code == 422
    assert "系统中可能已有该客户" in text_of(told)
    assert f"/customer/{known.group.pk}/" in text_of(told)
    assert Customer.objects.count() == before
    seen = text_of(told).partition('name="seen" value="')[2].partition('"')[0]
    saved = client.post(url("prospect_add"), prospect(people, seen=seen))
    assert saved.status_code == 302
    assert Customer.objects.count() == before + 1


def test_nobody_alike_is_saved_at_once(client, people):
    assert client.post(url("prospect_add"), prospect(people)).status_code == 302


def test_a_person_who_is_there_already_is_told_before_it_is_added(client, people, known):
    Contact.objects.create(customer=known.group, role="LEADER", name="刘洋", phone="13912345678")
    add = url("detail_add", known.group.pk, "contact")

    told = client.post(add, {"version": 1, "role": "CONTACT", "name": "刘洋"})

    assert told.status_code == 422
    assert "系统中可能已有该客户" in text_of(told)
    assert "13912345678" not in text_of(told)


def test_the_number_of_queries_does_not_grow_with_the_pairs(
    client, people, django_assert_max_num_queries
):
    for _number in range(12):
        first = ProspectFactory(manager=people.manager)
        PairFactory(first=first, second=ProspectFactory(manager=people.manager))
    client.get(url("duplicate_list"))

    with django_assert_max_num_queries(20):
        client.get(url("duplicate_list"))
