"""A scheme of one's own on screen: typed, loaded, taken away as a file."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from dakehu.tiering.models import RuleSet, Scheme

NEW = reverse("tiering:scheme_new")


@pytest.fixture
def center(people, sign_in):
    return sign_in(people.operations_center)


def typed(**changed: object) -> dict[str, object]:
    """A scheme of two levels as the form sends it."""
    return {
        "code": "park", "name": "园区分级", "name_en": "Park tiers", "kind": "GROUP",
        "evaluation_day": 6, "measure": "revenue_12m", "level-TOTAL_FORMS": 5,
        "level-INITIAL_FORMS": 0, "level-0-name": "大", "level-0-least": "1,000.50",
        "level-2-name": "小", **changed,
    }  # fmt: skip


def test_a_typed_scheme_goes_on_in_the_editor(center):
    answer = center.post(NEW, typed(), follow=True)

    assert answer.redirect_chain[-1][0] == reverse("tiering:edit", args=["park", 1])
    draft = RuleSet.objects.get(scheme__code="park")
    assert draft.state == "DRAFT"
    assert draft.body["levels"] == [
        {"rank": 1, "when": {"measure": "revenue_12m", "is": ">=", "value": 100_050}},
        {"rank": 0},
    ]
    names = draft.scheme.levels.order_by("-rank").values_list("name", "name_en")
    assert list(names) == [("大", "大"), ("小", "小")]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"code": "group-abc"}, "已有"),
        ({"level-2-name": ""}, "至少需要两个等级"),
        ({"level-0-least": "很多"}, "很多"),
        ({"level-2-least": "5"}, "最后一级"),
        ({"kind": "INDIVIDUAL"}, "其他客户"),
        ({"level-0-least": ""}, "起评"),
    ],
)
def test_what_makes_no_sense_is_said_beside_it_and_stays_typed(center, changed, words):
    answer = center.post(NEW, typed(**changed))

    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert 'value="Park tiers"' in page
    assert not Scheme.objects.filter(code="park").exists()


def test_a_version_is_taken_away_and_loaded_again_under_another_code(center):
    file = center.get(reverse("tiering:version_file", args=["it-service", 1]))
    text = file.content.decode().replace("code: it-service", "code: it-two")

    answer = center.post(
        reverse("tiering:scheme_load"), {"file": SimpleUploadedFile("a.yaml", text.encode())}
    )

    assert answer.status_code == 302
    assert RuleSet.objects.get(scheme__code="it-two").state == "DRAFT"


def test_faults_of_a_file_are_told_line_by_line(center):
    file = SimpleUploadedFile("a.yaml", b"code: x\nkind: group\n")

    answer = center.post(reverse("tiering:scheme_load"), {"file": file})

    assert answer.status_code == 422
    assert "第 1 行" in answer.content.decode() or "第1行" in answer.content.decode()


def test_a_scheme_without_rules_says_what_to_do_and_can_be_given_up(center):
    center.post(NEW, typed())
    page = center.get(reverse("tiering:scheme", args=["park"])).content.decode()
    assert "尚无生效规则" in page

    center.post(reverse("tiering:scheme_remove", args=["park"]))

    assert center.get(reverse("tiering:scheme", args=["park"])).status_code == 404


def test_the_older_pages_ask_a_fixed_number_of_questions(center, django_assert_max_num_queries):
    for name, arguments, most in (
        ("schemes", [], 60),
        ("scheme", ["group-abc"], 40),
        ("version", ["group-abc", 1], 30),
        ("measures", [], 15),
        ("measure", ["employees"], 25),
        ("moves", [], 20),
        ("grants", [], 20),
        ("mappings", [], 40),
        ("scheme_new", [], 15),
    ):
        with django_assert_max_num_queries(most):
            center.get(reverse(f"tiering:{name}", args=arguments))
