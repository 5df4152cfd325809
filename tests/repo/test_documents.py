"""Documents, settings and dependencies tell the truth about the code."""

import re
import tomllib

import pytest
from tools.stages import ROOT

DOCUMENTS = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
VARIABLE = re.compile(r"DAKEHU_[A-Z_]+")
READER = re.compile(r'env\.read_\w+\(\s*"(DAKEHU_[A-Z_]+)"')
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
CODE_PATH = re.compile(r"`((?:src|tests|tools|docs|bench)/[\w./-]+)`")
# How a place looks: absolute folders of a machine, private addresses, hosts that are no examples.
FOLDER = re.compile(r"(?<![\w.}$])/(?:home|root|opt|srv|mnt|Users|work)/\w")
ADDRESS = re.compile(r"\b(?:10|172\.(?:1[6-9]|2\d|3[01])|192\.168)(?:\.\d{1,3}){2,3}\b")
URL = re.compile(r"(?:https?|s?ftps?)://(?:[^\s/\"'<>`]*@)?([\w.-]+)")
EXAMPLE = re.compile(
    r"localhost|127\.0\.0\.1|0\.0\.0\.0|testserver|host|h|(?:[\w-]+\.)*example(?:\.\w+)?"
    r"|www\.w3\.org|www\.apache\.org"
)
# The licence is not ours; of a second checkout `.git` is a file that says where the first one is.
LEFT_OUT = ("LICENSE", ".git")
PLAIN_TEXT = {".py", ".md", ".toml", ".html", ".js", ".css", ".sh", ".txt", ".po", ".svg", ""}


def repository_files():
    """Give the text files of the repository that we write ourselves."""
    for folder in ("src", "tests", "tools", "bench", "docs", ".ci", "."):
        walk = (ROOT / folder).glob("*") if folder == "." else (ROOT / folder).rglob("*")
        for path in walk:
            skipped = {"vendor", "__pycache__"} & set(path.parts) or path.name in LEFT_OUT
            if path.is_file() and path.suffix in PLAIN_TEXT and not skipped:
                yield path


def variables_read() -> set[str]:
    """Return the environment variables that the settings read."""
    return set(READER.findall((ROOT / "src/dakehu/config/settings.py").read_text("utf-8")))


def test_every_setting_is_documented_and_every_documented_setting_exists():
    documented = set(VARIABLE.findall((ROOT / "docs/settings.md").read_text("utf-8")))

    assert documented == variables_read()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_and_paths_of_a_document_lead_somewhere(document):
    text = document.read_text("utf-8")
    links = [document.parent / link for link in LINK.findall(text) if "://" not in link]
    paths = [ROOT / path for path in CODE_PATH.findall(text)]

    assert [str(path) for path in (*links, *paths) if not path.exists()] == []


def test_every_dependency_says_why_it_is_there():
    lines = (ROOT / "pyproject.toml").read_text("utf-8").splitlines()
    requirement = re.compile(r'^\s+"[a-z][\w\[\],.-]*[<>=]+')

    assert [line for line in lines if requirement.match(line) and "# " not in line] == []


def test_no_dependency_is_kept_without_use():
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    modules = {
        "argon2-cffi": "Argon2",
        "granian": "granian",
        "rich": "rich",
        "psycopg": "postgresql",
        "python-docx": "from docx",
        "pyyaml": "import yaml",
    }
    sources = "\n".join(p.read_text("utf-8") for p in (ROOT / "src").rglob("*.py"))

    for requirement in project["dependencies"]:
        name = re.split(r"[\[<>=]", requirement)[0]
        module = modules.get(name, name.removeprefix("django-").replace("-", "_"))
        assert module in sources, name


def places_named(path) -> list[str]:
    """Return the places a file names; tests may invent folders and addresses."""
    text = path.read_text("utf-8", errors="replace")
    found = [host for host in URL.findall(text) if not EXAMPLE.fullmatch(host)]
    if "tests" not in path.parts:
        found += FOLDER.findall(text) + ADDRESS.findall(text)
    return [f"{path.relative_to(ROOT)}: {place}" for place in found]


def test_the_repository_names_no_place():
    assert [place for path in repository_files() for place in places_named(path)] == []


def test_no_promise_is_left_for_later():
    mark = re.compile(r"\b(?:TO" + "DO|FIX" + "ME|XX" + "X)\b")
    named = [
        str(path.relative_to(ROOT))
        for path in repository_files()
        if mark.search(path.read_text("utf-8", errors="replace"))
    ]

    assert named == []


def test_every_decision_has_its_parts():
    for record in sorted((ROOT / "docs" / "adr").glob("[0-9]*.md")):
        text = record.read_text("utf-8")
        for part in ("Status:", "## Context", "## Decision", "## Consequences"):
            assert part in text, f"{record.name}: {part}"
