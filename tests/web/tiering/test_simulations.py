"""Trying rules out on screen: asking, progress, what it gave, and the list behind every figure."""

import io
import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from python_calamine import CalamineWorkbook
from tests.factories.simulations import make_simulation
from tests.factories.worlds import group_of, world_at

from dakehu.tiering.jobs.packs import shipped_text
from dakehu.tiering.models import Simulation
from dakehu.tiering.queries.schemes import get_scheme, rules_in_force

DAY = date(2026, 3, 5)
NEW = reverse("tiering:simulation_new")


@pytest.fixture
def world(home):
    with world_at(home) as found:
        yield found


@pytest.fixture
def groups(world, people):
    """Groups of three managers, of which easier rules move two."""
    told = {
        "G1": {"org_kind": "enterprise", "employees": 120, "revenue": 600_000},
        "G2": {"org_kind": "enterprise", "employees": 90, "revenue": 600_000},
        "G3": {"org_kind": "enterprise", "employees": 600, "revenue": 6_000_000},
    }
    world.deliver_groups(DAY, told)
    holders = (people.manager, people.manager, people.stranger)
    return [group_of(number, who) for number, who in zip(told, holders, strict=True)]


def rules_file(**replaced: str) -> SimpleUploadedFile:
    """Return the shipped pack with other numbers of employees."""
    text = shipped_text("group-abc.yaml")
    for old, new in ("value: 100, to", "value: 80, to"), ("value: 500, to", "value: 700, to"):
        assert old in text
        text = text.replace(old, new)
    for old, new in replaced.items():
        text = text.replace(old, new)
    return SimpleUploadedFile("easier.yaml", text.encode())


def ask(browser, **fields):
    return browser.post(NEW, {"version": "", "day": DAY.isoformat(), **fields})


def figures(page: str) -> dict[str, int]:
    """Return where every figure of a page leads, and how much it says."""
    found = re.findall(r'href="([^"]+)" data-figure="(\d+)"', page)
    return {url.replace("&amp;", "&"): int(count) for url, count in found}


def test_a_file_is_tried_out_and_every_figure_is_its_list(
    sign_in, people, groups, finish_work, django_assert_max_num_queries
):
    browser = sign_in(people.administrator)
    answer = ask(browser, file=rules_file())
    simulation = Simulation.objects.get()
    assert answer.url == reverse("tiering:simulation", args=[simulation.pk])
    busy = browser.get(answer.url).content.decode()
    assert 'hx-trigger="every 1s"' in busy

    finish_work()
    with django_assert_max_num_queries(25):
        page = browser.get(answer.url).content.decode()

    assert "every 1s" not in page
    assert "easier.yaml" in page
    found = figures(page)
    assert sorted(count for url, count in found.items() if "was=" in url) == [1, 1]
    for url, count in found.items():
        listed = browser.get(url).content.decode()
        assert f'data-total="{count}"' in listed, url


def test_the_load_is_taken_away_as_a_workbook(sign_in, people, groups, finish_work):
    browser = sign_in(people.administrator, headers={"accept-language": "en"})
    ask(browser, file=rules_file())
    finish_work()
    url = reverse("tiering:simulation_load", args=[Simulation.objects.get().pk])

    answer = browser.get(url)

    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer)))
    lines = book.get_sheet_by_index(0).to_python()
    head = next(line for line in lines if line[0] == "Unit or manager")
    assert head[1:5] == ["Name", "Would move", "A1 before", "A1 after"]
    managers = {line[1]: line[2] for line in lines if line[0] == "Manager"}
    assert managers == {str(people.manager): 1.0, str(people.stranger): 1.0}


def test_the_list_of_movers_says_why_and_what_is_missing(sign_in, people, groups, finish_work):
    browser = sign_in(people.administrator, headers={"accept-language": "en"})
    ask(browser, file=rules_file())
    finish_work()
    pk = Simulation.objects.get().pk

    page = browser.get(f"{reverse('tiering:mover_list')}?simulation={pk}").content.decode()

    assert "Employees ≥ 80 (now 90)" in page
    assert "The rules in force ask: Employees ≥ 100 (now 90)" in page
    assert "Employees ≥ 700 (now 600)" in page
    without = browser.get(reverse("tiering:mover_list")).content.decode()
    assert "Employees ≥" not in without


def test_figures_are_those_of_whoever_looks(sign_in, people, groups, finish_work):
    ask(sign_in(people.administrator), file=rules_file())
    finish_work()
    url = reverse("tiering:simulation", args=[Simulation.objects.get().pk])

    people.province_analyst.unit = people.units.city
    people.province_analyst.save()
    narrow = figures(sign_in(people.province_analyst).get(url).content.decode())

    assert sorted(count for link, count in narrow.items() if "was=" in link) == [1]


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ({"measure: employees": "measure: heads"}, ("heads", "第 31 行")),
        ({"code: group-abc": "code: other"}, ("group-abc", "第 3 行")),
        ({"levels:": "levels: ["}, ("YAML",)),
    ],
)
def test_a_faulty_file_is_refused_with_its_line(sign_in, people, groups, file, words):
    answer = ask(sign_in(people.administrator), file=rules_file(**file))

    assert answer.status_code == 422
    page = answer.content.decode()
    assert all(word in page for word in words)
    assert not Simulation.objects.exists()


def test_neither_or_both_and_a_day_without_data_are_refused(sign_in, people, groups):
    browser = sign_in(people.administrator)
    version = rules_in_force(get_scheme("group-abc"), on=DAY).pk

    statuses = [
        ask(browser).status_code,
        ask(browser, version=version, file=rules_file()).status_code,
        ask(browser, version=version, day=(DAY + timedelta(days=1)).isoformat()).status_code,
        ask(browser, version=version, day="no day").status_code,
    ]

    assert statuses == [422] * 4
    assert not Simulation.objects.exists()
    assert ask(browser, version=version).status_code == 302


def test_movers_do_not_cost_queries_of_their_own(
    sign_in, people, at, django_assert_max_num_queries
):
    movers = [group_of(f"G{n}", people.manager) for n in range(30)]
    simulation = make_simulation(people.administrator, at=at, movers=movers)
    browser = sign_in(people.administrator)
    url = f"{reverse('tiering:mover_list')}?simulation={simulation.pk}"
    browser.get(url)

    with django_assert_max_num_queries(20):
        page = browser.get(url).content.decode()

    assert page.count("集团G") >= 20


def test_the_command_says_what_rules_would_do_and_writes_nothing(people, groups, tmp_path, capsys):
    file = tmp_path / "easier.yaml"
    file.write_bytes(rules_file().read())

    call_command("tiers", "simulate", "--scheme", "group-abc", "--file", str(file), "--json")

    told = capsys.readouterr().out
    assert '"up": 1, "down": 1' in told
    assert '"customers": 3' in told
    assert not Simulation.objects.exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--scheme", "none"), "group-abc"),
        (("--scheme", "group-abc", "--draft", "7"), "7"),
        (("--scheme", "group-abc", "--date", "2026-03-06"), "2026-03-05"),
        (("--scheme", "group-abc", "--file", "/nowhere.yaml"), "/nowhere.yaml"),
    ],
)
def test_the_command_refuses_in_words(people, groups, arguments, words):
    with pytest.raises(CommandError, match=words):
        call_command("tiers", "simulate", *arguments)


def test_only_who_asked_discards(sign_in, people, at):
    simulation = make_simulation(people.administrator, at=at)
    url = reverse("tiering:simulation_drop", args=[simulation.pk])

    assert sign_in(people.operations_center).post(url).status_code == 404
    assert sign_in(people.administrator).post(url).status_code == 302
    assert not Simulation.objects.exists()


def test_a_version_leads_to_the_form_with_it_chosen(sign_in, people):
    rules = rules_in_force(get_scheme("group-abc"), on=DAY)
    browser = sign_in(people.administrator)
    page = browser.get(reverse("tiering:version", args=["group-abc", rules.number]))
    url = f"{NEW}?version={rules.pk}"

    assert url in page.content.decode()
    assert f'value="{rules.pk}" selected' in browser.get(url).content.decode()
