"""Every text has its Chinese, and the tool that says so misses nothing."""

import re

import pytest
from tools import messages

HEADER = messages.HEADER.format(app="shop", locale=messages.LOCALE)


@pytest.fixture
def package(tmp_path):
    """A package with one app, which says hello and counts apples."""
    app = tmp_path / "shop"
    (app / "templates").mkdir(parents=True)
    (app / "__init__.py").write_text("")
    (app / "words.py").write_text('_("Hello, %(name)s")\n')
    (app / "templates" / "page.html").write_text(
        "{% load i18n %}{% blocktranslate count n=n %}{{ n }} apple"
        "{% plural %}{{ n }} apples{% endblocktranslate %}"
    )
    return tmp_path


def write_catalogue(package, *entries: str, header: str = HEADER, app: str = "shop") -> None:
    """Write the catalogue of an app from whole entries."""
    path = package / app / messages.CATALOGUE
    path.parent.mkdir(parents=True)
    path.write_text(header + "\n\n".join(entries), encoding="utf-8")


HELLO = 'msgid "Hello, %(name)s"\nmsgstr "您好，%(name)s"'
APPLES = 'msgid "%(n)s apple"\nmsgid_plural "%(n)s apples"\nmsgstr[0] "%(n)s 个苹果"'


def test_every_text_is_translated():
    assert messages.problems(messages.PACKAGE) == []


def test_no_text_hides_inside_an_f_string_where_the_tool_cannot_see_it():
    """The tool reads calls; what stands in braces of an f-string is text to it."""
    hidden = re.compile(r"""\bf(?:"[^"]*\{_\('|'[^']*\{_\(")""")

    assert [
        str(path.relative_to(messages.PACKAGE))
        for path in messages.PACKAGE.rglob("*.py")
        if hidden.search(path.read_text("utf-8"))
    ] == []


def test_a_whole_catalogue_passes(package):
    write_catalogue(package, HELLO, APPLES)

    assert messages.problems(package) == []


def test_an_app_without_a_catalogue_is_told(package):
    assert messages.problems(package) == [f"shop: 2 texts, no catalogue {messages.CATALOGUE}"]


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("", "shop: missing: 'Hello, %(name)s'"),
        (HELLO.replace("您好，%(name)s", ""), "shop: no translation: 'Hello, %(name)s'"),
        ("#, fuzzy\n" + HELLO, "shop: marked as fuzzy: 'Hello, %(name)s'"),
        (
            HELLO.replace("您好，%(name)s", "您好，%(nam)s"),
            "shop: other placeholders than the English: 'Hello, %(name)s'",
        ),
        (HELLO + '\n\nmsgid "Bye"\nmsgstr "再见"', "shop: no longer used: 'Bye'"),
    ],
)
def test_a_flaw_of_a_translation_is_told(package, entry, told):
    write_catalogue(package, entry, APPLES)

    assert messages.problems(package) == [told]


def test_a_catalogue_with_english_plurals_is_told(package):
    header = HEADER.replace("nplurals=1; plural=0;", "nplurals=2; plural=(n != 1);")
    apples = APPLES + '\nmsgstr[1] "%(n)s 个苹果"'
    write_catalogue(package, HELLO, apples, header=header)

    assert messages.problems(package) == [
        "shop: the header must say Plural-Forms: nplurals=1; plural=0;"
    ]


def test_a_placeholder_without_a_name_is_told(package):
    (package / "shop" / "words.py").write_text('_("Hello, %s")\n')
    write_catalogue(package, 'msgid "Hello, %s"\nmsgstr "您好，%s"', APPLES)

    assert messages.problems(package) == ["shop: a placeholder without a name: 'Hello, %s'"]


def test_two_apps_that_translate_one_text_differently_are_told(package):
    write_catalogue(package, HELLO, APPLES)
    other = package / "stall"
    other.mkdir()
    (other / "__init__.py").write_text('_("Hello, %(name)s")\n')
    write_catalogue(package, HELLO.replace("您好", "你好"), app="stall")

    assert messages.problems(package) == [
        "translated differently: 'Hello, %(name)s' (shop: 您好，%(name)s; stall: 你好，%(name)s)"
    ]


def test_update_keeps_translations_and_drops_what_is_no_longer_used(package):
    write_catalogue(package, HELLO, 'msgid "Bye"\nmsgstr "再见"')

    messages.update_catalogue(package / "shop")

    assert messages.problems(package) == ["shop: no translation: '%(n)s apple'"]
    kept = messages.entries(messages.read_catalogue(package / "shop"))
    assert kept[(None, "Hello, %(name)s")].string == "您好，%(name)s"


def test_update_twice_writes_the_same(package):
    write_catalogue(package, HELLO, APPLES)
    path = package / "shop" / messages.CATALOGUE
    messages.update_catalogue(package / "shop")
    first = path.read_text(encoding="utf-8")

    messages.update_catalogue(package / "shop")

    assert path.read_text(encoding="utf-8") == first
