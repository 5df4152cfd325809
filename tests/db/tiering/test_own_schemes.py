"""Schemes of the operator's own: made, loaded, written down, evaluated, given up (T20, T24)."""

from datetime import date
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.utils import translation

from dakehu.tiering.errors import UnableToChangeRules
from dakehu.tiering.models import Level, Scheme, Standing
from dakehu.tiering.operations.packs import take_pack
from dakehu.tiering.operations.running import evaluate
from dakehu.tiering.operations.schemes import create_scheme, load_scheme, remove_scheme
from dakehu.tiering.operations.versions import propose_rules, publish_rules, withdraw_rules
from dakehu.tiering.queries.kinds import kinds_of
from dakehu.tiering.queries.loading import pack_in, shipped_text, text_of
from dakehu.tiering.queries.schemes import get_scheme, schemes_known
from dakehu.tiering.queries.wording import purpose_of

DAY = date(2026, 3, 5)
TEXT = """
code: park-tiers
name: 园区客户分级
name_en: Park tiers
kind: group
purpose: 园区招商
purpose_en: Winning the park
evaluation_day: 9
levels:
  - rank: 2
    name: 大
    name_en: Large
    when: {measure: employees, is: ">=", value: 100, local: {"02": 50}}
  - rank: 1
    name: 小
    name_en: Small
"""


def pack(text: str = TEXT):
    return pack_in(text.encode())


def test_a_loaded_scheme_is_a_draft_until_two_people_let_it_hold(world, people, at):
    world.deliver_groups(DAY, {"G1": {"employees": 150}, "G2": {"employees": 20}})
    from tests.factories.worlds import group_of

    for number in ("G1", "G2"):
        group_of(number, people.manager)
    maker = people.operations_center

    draft = load_scheme(pack=pack(), by=maker, at=at)
    # The first rules of a scheme may begin in the past: nobody stands anywhere yet.
    propose_rules(rule_set=draft, active_from=date(2026, 1, 1), reason="新园区", by=maker, at=at)
    draft.refresh_from_db()
    publish_rules(rule_set=draft, version=draft.version, by=people.administrator, at=at)
    evaluate(get_scheme("park-tiers"), day=DAY, by=None, at=at)

    found = Standing.objects.filter(scheme__code="park-tiers")
    assert dict(found.values_list("customer__number", "level__name")) == {"G1": "大", "G2": "小"}


def test_members_of_groups_have_a_scheme_of_their_own(people, at):
    draft = load_scheme(
        pack=pack(shipped_text("group-members.yaml")), by=people.operations_center, at=at
    )

    assert draft.scheme.kind == "MEMBER"
    assert kinds_of(draft.scheme) == ("INDIVIDUAL",)


def test_what_is_written_down_is_read_as_the_same(people, at):
    draft = load_scheme(pack=pack(), by=people.operations_center, at=at)

    assert pack(text_of(draft)) == pack_in(TEXT.encode())
    for name in ("group-abc", "it-service", "credit"):
        rules = get_scheme(name).rule_sets.get(number=1)
        assert pack(text_of(rules)) == pack(shipped_text(f"{name}.yaml"))


def test_purposes_are_told_in_the_language_of_the_page_and_translated_once(db):
    level = Level.objects.get(scheme__code="credit", rank=4)
    english = level.purpose_en
    with translation.override("en"):
        assert purpose_of(level) == "Not suspended when in arrears"
    with translation.override("zh-hans"):
        assert purpose_of(level) == "欠费时免停机"

    Level.objects.filter(pk=level.pk).update(purpose_en="")
    take_pack(pack=pack(shipped_text("credit.yaml")), on=DAY)

    level.refresh_from_db()
    assert level.purpose_en == english


def test_a_file_of_a_known_scheme_makes_a_draft_of_it(people, at):
    text = shipped_text("group-abc.yaml").replace(
        "value: 500, to_confirm", "value: 300, to_confirm"
    )

    draft = load_scheme(pack=pack(text), by=people.operations_center, at=at)

    assert (draft.scheme.code, draft.number, draft.state) == ("group-abc", 2, "DRAFT")
    assert "300" in text_of(draft)
    with pytest.raises(UnableToChangeRules, match="2"):
        load_scheme(pack=pack(text), by=people.operations_center, at=at)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("code: park-tiers", "code: Park!"), "lower-case"),
        (("code: park-tiers", "code: group-abc"), "other levels"),
        (("    name: 大\n", "    name: 小\n"), "same name"),
        (("employees", "nothing"), "Line 13: .*no measure nothing"),
        (('"02": 50', '"77": 50'), "Line 13: .*no city 77"),
        (("kind: group", "kind: firm"), "Line 5: .*member"),
    ],
)
def test_what_makes_no_sense_is_refused_with_line_and_cure(people, at, english, change, words):
    with pytest.raises(UnableToChangeRules, match=words):
        load_scheme(pack=pack(TEXT.replace(*change)), by=people.operations_center, at=at)
    assert not Scheme.objects.filter(name_en="Park tiers").exists()


def test_who_may_not_change_rules_makes_no_scheme(manager, at):
    with pytest.raises(PermissionDenied):
        create_scheme(pack=pack(), by=manager, at=at)


def test_a_scheme_is_given_up_only_while_its_rules_never_held(people, at):
    maker = people.operations_center
    draft = load_scheme(pack=pack(), by=maker, at=at)
    propose_rules(rule_set=draft, active_from=DAY, reason="", by=maker, at=at)
    with pytest.raises(UnableToChangeRules):
        remove_scheme(scheme=draft.scheme, by=maker, at=at)
    withdraw_rules(rule_set=draft, by=maker, at=at)

    remove_scheme(scheme=draft.scheme, by=maker, at=at)

    assert "park-tiers" not in schemes_known().values_list("code", flat=True)


def test_the_command_loads_and_prints(people, tmp_path, english):
    file, out = tmp_path / "park.yaml", StringIO()
    file.write_text(TEXT, encoding="utf-8")

    call_command(
        "tiers", "load", str(file), "--user", people.operations_center.username, stdout=out
    )
    call_command("tiers", "export", "park-tiers", stdout=out)

    assert "park-tiers: version 1 is a draft" in out.getvalue()
    assert "name_en: Park tiers" in out.getvalue()
    with pytest.raises(CommandError, match="nobody who may"):
        call_command("tiers", "load", str(file), "--user", people.manager.username)
