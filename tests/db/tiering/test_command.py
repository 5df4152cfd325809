"""``dakehu tiers``: what each of its commands prints and refuses; simulate has its own tests."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from tests.factories.worlds import group_of

from dakehu.tiering.models import Evaluation
from dakehu.tiering.queries.loading import shipped_text

DAY = date(2026, 3, 5)


def tiers(*arguments: object) -> str:
    out = StringIO()
    call_command("tiers", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_evaluate_prints_what_changed(world, people, english):
    world.deliver_groups(DAY, {"G1": {"tax_rank": "60"}})
    group_of("G1", people.manager)

    told = json.loads(tiers("evaluate", "--scheme", "group-abc", "--json"))

    assert (told["date"], told["customers"], told["changed"]) == ("2026-03-05", 1, 1)
    assert told["levels"] == {"5": 1}
    assert "0 levels changed" in tiers("evaluate", "--scheme", "group-abc", "--date", DAY)
    assert Evaluation.objects.count() == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--scheme", "nothing"), "Known: group-abc, it-service"),
        (("--scheme", "card-level"), "nightly run"),
        (("--scheme", "group-abc", "--date", "2027-01-01"), "no data of that day"),
    ],
)
def test_evaluate_refuses_in_words(world, people, english, arguments, words):
    world.deliver_groups(DAY, {"G1": {}})

    with pytest.raises(CommandError, match=words):
        tiers("evaluate", *arguments)


def test_list_names_the_schemes_with_the_version_in_force(db, english):
    assert "group-abc\tGroup tiers A/B/C\t1\n" in tiers("list")


@pytest.mark.parametrize("name", ["group-abc.yaml", "measures.yaml", "matches.yaml"])
def test_check_passes_what_comes_with_dakehu(db, tmp_path, english, name):
    pack = tmp_path / name
    pack.write_text(shipped_text(name), encoding="utf-8")

    assert tiers("check", pack) == "No fault.\n"


def test_check_names_the_faulty_line(db, tmp_path, english):
    pack = tmp_path / "own.yaml"
    pack.write_text(shipped_text("credit.yaml").replace("arrears_days_12m", "arrears", 1))

    with pytest.raises(CommandError, match=r"Line 19: There is no measure arrears"):
        tiers("check", pack)
    with pytest.raises(CommandError, match="cannot be read"):
        tiers("check", tmp_path / "nothing.yaml")
