"""The import contracts hold, and each of them bites: one tree of trespasses breaks them all."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINTER = Path(sys.executable).parent / "lint-imports"

# One deliberate violation for each thing a contract forbids: contract, importer, imported.
TRESPASSES = [
    ("floors", "dakehu.common.events", "dakehu.facts.store"),
    ("floors", "dakehu.ui.urls", "dakehu.audit.choices"),
    ("floors", "dakehu.people.policies", "dakehu.config.roles"),
    ("floors", "dakehu.customers.queries", "dakehu.tiering.queries"),
    ("floors", "dakehu.alerts.queries", "dakehu.exchange.queries"),
    ("floors", "dakehu.exchange.queries", "dakehu.demo.rules"),
    ("rooms", "dakehu.customers.models", "dakehu.customers.operations"),
    ("rooms", "dakehu.people.rules", "dakehu.people.models"),
    ("rooms", "dakehu.people.choices", "dakehu.people.querysets"),
    ("rooms", "dakehu.people.querysets", "dakehu.people.policies"),
    ("rooms", "dakehu.worklist.operations", "dakehu.worklist.jobs"),
    ("rooms", "dakehu.worklist.forms", "dakehu.worklist.views"),
    ("rooms", "dakehu.worklist.tables", "dakehu.worklist.filters"),
    ("pure", "dakehu.alerts.rules", "django.utils.timezone"),
    ("pure", "dakehu.alerts.rules.deep", "django.db"),
    ("pure", "dakehu.facts.engine", "django.conf"),
    ("pure", "dakehu.rulekit.evaluation", "django.utils"),
    ("pure", "dakehu.common.masking", "django.db"),
    ("pure", "dakehu.exchange.values", "django.db"),
    ("readers", "dakehu.desk.pages", "dakehu.worklist.operations"),
    ("readers", "dakehu.alerts.tables", "dakehu.alerts.operations"),
    ("readers", "dakehu.alerts.forms", "dakehu.alerts.operations"),
    ("readers", "dakehu.customers.queries", "dakehu.customers.operations"),
    ("scoped", "dakehu.customers.views", "dakehu.customers.models"),
    ("scoped", "dakehu.alerts.pages", "dakehu.alerts.querysets"),
    ("scoped", "dakehu.alerts.views.sheets", "dakehu.alerts.models"),
    ("doors", "dakehu.alerts.operations", "dakehu.customers.models"),
    ("doors", "dakehu.tiering.rules", "dakehu.customers.rules"),
    ("doors", "dakehu.desk.pages", "dakehu.alerts.pages"),
]
# Names that no contract knows: a new app and a new room must be given their place.
STRANGERS = {"floors": "dakehu.helpers", "rooms": "dakehu.customers.services"}


def modules_of(package: Path) -> set[str]:
    """Return the names of all modules of the real package, migrations aside."""
    files = [path for path in package.rglob("*.py") if "migrations" not in path.parts]
    parts = [path.relative_to(package.parent).with_suffix("").parts for path in files]
    return {".".join(part[:-1] if part[-1] == "__init__" else part) for part in parts}


def write_tree(folder: Path, modules: set[str], imports: list[tuple[str, str, str]]) -> None:
    """Write a package of empty modules, in which some import what they should not."""
    texts = {module: "" for module in modules}
    for _contract, importer, imported in imports:
        for module in (importer, imported):
            if module.startswith("dakehu"):
                texts.setdefault(module, "")
        texts[importer] += f"import {imported}\n"
    for module in list(texts):
        while module := module.rpartition(".")[0]:
            texts.setdefault(module, "")
    for module, text in texts.items():
        path = folder.joinpath(*module.split("."))
        is_package = any(other.startswith(f"{module}.") for other in texts)
        path = path / "__init__.py" if is_package else path.with_suffix(".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def lint(source: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Check the package under ``source`` against the project's contracts."""
    return subprocess.run(
        [LINTER, "--no-cache", "--no-logo", "--config", ROOT / "pyproject.toml", *arguments],
        cwd=ROOT,
        env={"PYTHONPATH": str(source), "PATH": "", "COLUMNS": "400"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def reports(tmp_path_factory) -> dict[str, str]:
    """What the linter says of each contract about a tree that breaks all of them."""
    folder = tmp_path_factory.mktemp("broken")
    modules = modules_of(ROOT / "src" / "dakehu") | set(STRANGERS.values())
    write_tree(folder, modules, TRESPASSES)
    contracts = {contract for contract, _importer, _imported in TRESPASSES}
    return {name: lint(folder, "--contract", name).stdout for name in contracts}


def test_the_code_keeps_every_contract():
    result = lint(ROOT / "src")

    assert result.returncode == 0, result.stdout + result.stderr


def test_a_tree_without_trespasses_keeps_every_contract(tmp_path):
    write_tree(tmp_path, modules_of(ROOT / "src" / "dakehu"), [])

    result = lint(tmp_path)

    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(("contract", "importer", "imported"), TRESPASSES)
def test_a_trespass_breaks_its_contract(reports, contract, importer, imported):
    # External packages are reported by their first name only.
    imported = imported if imported.startswith("dakehu") else imported.partition(".")[0]

    told = re.compile(rf"{importer} (->|enters) {imported}\b")

    assert told.search(reports[contract]), reports[contract]


@pytest.mark.parametrize(("contract", "module"), sorted(STRANGERS.items()))
def test_a_module_without_a_place_breaks_its_contract(reports, contract, module):
    assert f"not listed as layers:\n\n- {module}\n" in reports[contract], reports[contract]
