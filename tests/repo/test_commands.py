"""Every command explains itself, in both languages, and is known to the documents."""

import pytest
from django.core.management import get_commands, load_command_class
from django.utils import translation
from tools.stages import ROOT

COMMANDS = sorted(name for name, app in get_commands().items() if str(app).startswith("dakehu."))


def help_of(name: str) -> str:
    """Return the help text of one of Dakehu's own commands."""
    command = load_command_class(get_commands()[name], name)
    return command.create_parser("dakehu", name).format_help()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_explains_itself(name, language):
    with translation.override(language):
        told = help_of(name)

    assert f"dakehu {name}" in told
    is_chinese = any("\u4e00" <= character <= "\u9fff" for character in told)
    assert is_chinese == (language == "zh-hans")


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "commands"])
def test_a_command_is_documented(name):
    documents = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]

    assert any(f"dakehu {name}" in document.read_text("utf-8") for document in documents)
