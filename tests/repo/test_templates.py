"""Templates keep the house rules, and each rule bites."""

import ast
import re

import pytest
from tools import template_rules

ADDRESSES = {"desk:home", "people:staff_list", "alerts:list"}
HEADER = "{# Context: rows. Target: #people-rows #}"
ADDRESS = re.compile(r"(?:ui|customers|people|alerts|worklist|exchange|desk):[a-z_]+")


def told(tmp_path, name: str, text: str) -> list[str]:
    """Return what is wrong with one template of the people app."""
    path = tmp_path / "people" / "templates" / "people" / name
    path.parent.mkdir(parents=True)
    path.write_text(text)
    return [line.partition(": ")[2] for line in template_rules.problems(tmp_path, ADDRESSES)]


def test_every_template_keeps_the_rules():
    addresses = template_rules.known_addresses()

    assert template_rules.problems(template_rules.PACKAGE, addresses) == []


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("page.html", '<p style="color: red"></p>', "an inline style"),
        ("page.html", "<style>p {}</style>", "an inline style"),
        ("page.html", '<a onclick="go()"></a>', "an inline handler (onclick)"),
        ("page.html", "<script></script>", "an inline script without a nonce"),
        (
            "page.html",
            '<button type="submit" class="btn">{% icon "check" %}{{ sheet.title }}</button>',
            "a button that bears the title of its form instead of saying what it does",
        ),
        ("_rows.html", "<p></p>", "no opening comment that names its Context"),
        ("_rows.html", "{# Context: rows #}<p></p>", "no Target in its opening comment"),
        ("components/row.html", "<p></p>", "no opening comment that names its Context"),
        ("_rows.html", HEADER + '{% extends "ui/base.html" %}', "a fragment that extends a page"),
        ("page.html", "<p>Hello</p>", "a word that is not translated: Hello"),
        ("page.html", '<p title="Hello"></p>', "a word that is not translated: Hello"),
        ("page.html", "<p>客</p>", "a word that is not translated: 客"),
        (
            "page.html",
            "{% url 'people:nowhere' %}",
            "leads to people:nowhere, which does not exist",
        ),
        (
            "page.html",
            '{% include "alerts/_rows.html" %}',
            "uses the template alerts/_rows.html of a higher floor",
        ),
        (
            "page.html",
            "{% url 'alerts:list' %}",
            "leads to alerts:list on a higher floor; register a panel or a navigation item",
        ),
    ],
)
def test_a_broken_rule_is_told(tmp_path, name, text, problem):
    assert told(tmp_path, name, text) == [problem]


def test_a_clean_fragment_passes(tmp_path):
    text = (
        f"{{% load i18n %}}{HEADER}\n"
        '<div id="people-rows" title="{% translate "All staff" %}">'
        "{% blocktranslate %}Hello, {{ name }}{% endblocktranslate %} Dakehu &nbsp; 12"
        "<a href=\"{% url 'people:staff_list' %}\">{{ name }}</a></div>"
    )

    assert told(tmp_path, "_rows.html", text) == []


def test_every_address_named_in_python_exists():
    addresses = template_rules.known_addresses()
    named = {
        (path.name, node.value)
        for path in template_rules.PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and ADDRESS.fullmatch(node.value)
    }

    assert {(file, name) for file, name in named if name not in addresses} == set()


def test_a_form_included_with_only_needs_its_token():
    bare = '{% include "people/components/act.html" with row=row only %}'
    given = bare.replace(" only", " csrf_token=csrf_token only")
    forms = {"people/components/act.html"}

    (problem,) = template_rules.token_problems(bare, forms)

    assert problem == "includes people/components/act.html with only, without its csrf_token"
    assert not list(template_rules.token_problems(given, forms))
    assert not list(template_rules.token_problems(bare, set()))
