"""Functions, files, templates and class trees stay within their budgets."""

import pytest
from tools import size_budget

LONG_FUNCTION = "def grow():\n" + "    pass\n" * size_budget.FUNCTION_LINES
DEEP = "class A: ...\nclass B(A): ...\nclass C(B): ...\nclass D(C): ...\nclass E(D[int]): ...\n"


def test_everything_is_within_its_budget():
    assert size_budget.excesses(size_budget.ROOT) == []


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("src/a.py", LONG_FUNCTION, "grow, in lines,"),
        ("src/a.py", "x = 1\n" * (size_budget.FILE_LINES + 1), "the file, in lines,"),
        ("src/a.html", "<p>\n" * (size_budget.TEMPLATE_LINES + 1), "the file, in lines,"),
        ("src/a.py", DEEP, "E, in ancestors of our own,"),
    ],
)
def test_what_has_grown_too_long_is_told(tmp_path, name, text, told):
    path = tmp_path / name
    path.parent.mkdir()
    path.write_text(text)

    assert [excess.what for excess in size_budget.excesses(tmp_path)] == [told]


def test_data_and_migrations_have_no_budget(tmp_path):
    for folder in ("data", "migrations"):
        path = tmp_path / "src" / folder / "a.py"
        path.parent.mkdir(parents=True)
        path.write_text(LONG_FUNCTION)

    assert size_budget.excesses(tmp_path) == []
