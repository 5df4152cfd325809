"""Rules on screen: drafted, edited part by part, proposed, published by a second person."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from dakehu.tiering.models import Measure, RuleSet
from dakehu.tiering.queries.schemes import get_scheme, rules_in_force


@pytest.fixture
def center(people, sign_in):
    return sign_in(people.operations_center)


def address(name: str, *arguments) -> str:
    return reverse(f"tiering:{name}", args=["group-abc", *arguments])


def edit(browser, **values):
    draft = RuleSet.objects.get(scheme__code="group-abc", number=2)
    return browser.post(address("edit", 2), {"version": draft.version, **values})


def when(rank: int, number: int = 2):
    body = RuleSet.objects.get(scheme__code="group-abc", number=number).body
    return next(level.get("when") for level in body["levels"] if level["rank"] == rank)


def test_a_draft_is_edited_proposed_and_published_by_another(center, people, sign_in):
    center.post(address("draft", 1))
    added = {"measure": "it_revenue_12m", "sign": ">=", "value": "1234.5", "to_confirm": "on"}
    answer = edit(center, act="add", rank=5, place="", **added)
    assert answer.status_code == 302
    assert when(5)["any"][-1] == {
        "measure": "it_revenue_12m", "is": ">=", "value": 123_450, "to_confirm": True,
    }  # fmt: skip

    day = timezone.localdate()
    asked = {"active_from": day.isoformat(), "reason": "市场部要求", "confirmed": "on"}
    center.post(address("propose", 2), asked)
    proposed = RuleSet.objects.get(scheme__code="group-abc", number=2)
    center.post(address("publish", 2), {"version": proposed.version})
    assert RuleSet.objects.get(pk=proposed.pk).state == "PROPOSED"

    other = sign_in(people.administrator)
    other.post(address("publish", 2), {"version": proposed.version})
    assert rules_in_force(get_scheme("group-abc"), on=day).number == 2
    assert when(5, number=1) != when(5)


def test_an_earlier_version_comes_back_by_being_published_again(center):
    center.post(address("draft", 1))
    assert when(5) == when(5, number=1)
    refused = center.post(address("draft", 1), follow=True)
    assert "2" in refused.content.decode()
    assert RuleSet.objects.filter(scheme__code="group-abc").count() == 2


def test_a_limit_is_set_in_its_row_with_its_marks(center):
    center.post(address("draft", 1))
    page = center.get(address("edit", 2)).content.decode()
    assert 'name="value" value="50000.00"' in page
    place = {"rank": 5, "place": "3.2", "measure": "revenue_12m", "sign": ">=", "to_confirm": "on"}
    edit(center, act="set", value="40000", **place)

    limit = {"measure": "revenue_12m", "is": ">=", "value": 4_000_000, "to_confirm": True}
    assert when(5)["any"][3]["all"][2] == limit


def test_parts_are_changed_turned_and_taken_away(center):
    center.post(address("draft", 1))
    leaf = {"measure": "employees", "sign": ">", "value": "7"}
    edit(center, act="set", rank=5, place="0", **leaf)
    assert when(5)["any"][0] == {"measure": "employees", "is": ">", "value": 7}
    edit(center, act="not", rank=5, place="0")
    assert when(5)["any"][0] == {"not": {"measure": "employees", "is": ">", "value": 7}}
    edit(center, act="remove", rank=5, place="0")
    assert len(when(5)["any"]) == 3
    edit(center, act="all", rank=5, place="")
    assert "all" in when(5)


@pytest.mark.parametrize(
    "values",
    [
        {"measure": "employees", "sign": ">", "value": "many"},
        {"measure": "employees", "sign": ">", "value": ""},
        {"measure": "nothing", "sign": ">", "value": "1"},
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_lost(center, values):
    center.post(address("draft", 1))
    before = when(5)

    assert edit(center, act="add", rank=5, place="", **values).status_code == 422
    assert when(5) == before


def test_an_edit_over_somebody_elses_is_refused(center):
    center.post(address("draft", 1))
    edit(center, act="remove", rank=5, place="0")
    stale = {"act": "remove", "rank": 5, "place": "0", "version": 1}

    assert center.post(address("edit", 2), stale).status_code == 422


def test_contradictions_are_named_and_not_proposed(center):
    center.post(address("draft", 1))
    for value in ("5", "3"):
        sign = ">" if value == "5" else "<"
        edit(center, act="add", rank=4, place="", measure="employees", sign=sign, value=value)
    edit(center, act="all", rank=4, place="")

    asked = {"active_from": timezone.localdate().isoformat(), "reason": "x", "confirmed": "on"}
    answer = center.post(address("propose", 2), asked)

    assert answer.status_code == 422
    assert "矛盾" in answer.content.decode()


def test_pages_show_rules_in_words_with_what_is_to_be_confirmed(center, sign_in, manager):
    page = sign_in(manager).get(address("version", 1)).content.decode()

    assert "纳税排名 ≤ 100" in page
    assert "待确认" in page
    assert sign_in(manager).get(reverse("tiering:schemes")).status_code == 200
    assert "≥ 500" in page


def test_a_measure_is_defined_from_a_delivered_column(center):
    values = {
        "code": "peak_revenue", "name": "最高月收入", "name_en": "Best month", "kind": "GROUP",
        "unit": "FEN", "form": "monthly", "column": "revenue_fen", "fold": "max", "months": 6,
    }  # fmt: skip
    center.post(reverse("tiering:measure_add"), values)

    made = Measure.objects.get(code="peak_revenue")
    assert made.source["monthly"] == {
        "column": "revenue_fen", "fold": "max", "months": 6, "least": 1, "gaps": "skip",
    }  # fmt: skip
    again = center.post(reverse("tiering:measure_add"), values)
    assert again.status_code == 422
    wrong = center.post(
        reverse("tiering:measure_add"), {**values, "code": "x1", "column": "industry"}
    )
    assert wrong.status_code == 422
    center.post(reverse("tiering:measure_remove", args=["peak_revenue"]))
    assert Measure.objects.get(code="peak_revenue").removed_at is not None


def test_a_measure_gets_other_words_and_keeps_what_it_holds(center):
    url = reverse("tiering:measure_describe", args=["org_kind"])
    measure = Measure.objects.get(code="org_kind")
    typed = {
        "name": "机构性质",
        "name_en": "Organisation",
        "unit": "TEXT",
        "note": "",
        "version": 1,
    }
    assert center.post(url, {**typed, "unit": "FEN"}).status_code == 422
    assert center.post(url, typed).status_code == 302

    measure.refresh_from_db()
    assert (measure.name, measure.version) == ("机构性质", 2)
    assert center.post(url, {**typed, "name": "又一个"}).status_code == 409


def test_a_measure_in_use_is_not_removed_and_the_refusal_says_where(center):
    measure = Measure.objects.get(code="employees")
    Measure.objects.filter(pk=measure.pk).update(is_shipped=False)

    page = center.post(
        reverse("tiering:measure_remove", args=["employees"]), follow=True
    ).content.decode()

    assert "集团客户分级第 1 版（已发布）" in page
    assert Measure.objects.get(pk=measure.pk).removed_at is None


def test_the_day_of_a_proposal_lies_ahead(center):
    center.post(address("draft", 1))
    asked = {"active_from": date(2020, 1, 1).isoformat(), "reason": "x", "confirmed": "on"}

    assert center.post(address("propose", 2), asked).status_code == 422
