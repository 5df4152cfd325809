"""Say what has grown too long: functions, files, templates, and lines of ancestors of a class.

Data tables without functions (folders named ``data``) and migrations are exempt.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FUNCTION_LINES = 60
FILE_LINES = 500
TEMPLATE_LINES = 250
ANCESTORS = 3
EXEMPT = {"migrations", "data", "vendor", "__pycache__"}


@dataclass(frozen=True)
class Excess:
    """One thing over its budget."""

    place: str
    what: str
    size: int
    budget: int

    def __str__(self) -> str:
        return f"{self.place}: {self.what} has {self.size}, at most {self.budget}"


def files(root: Path, suffix: str) -> Iterator[Path]:
    """Give the files that have a budget."""
    for folder in ("src", "tests", "tools", "bench"):
        for path in sorted((root / folder).rglob(f"*{suffix}")):
            if not EXEMPT & set(path.relative_to(root).parts):
                yield path


def long_files(root: Path) -> Iterator[Excess]:
    """Give the Python files and templates that are too long."""
    for suffix, budget in ((".py", FILE_LINES), (".html", TEMPLATE_LINES)):
        for path in files(root, suffix):
            lines = len(path.read_text(encoding="utf-8").splitlines())
            if lines > budget:
                yield Excess(str(path.relative_to(root)), "the file, in lines,", lines, budget)


def long_functions(root: Path) -> Iterator[Excess]:
    """Give the functions that are too long, from ``def`` to their last line."""
    for path in files(root, ".py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                place = f"{path.relative_to(root)}:{node.lineno}"
                yield Excess(place, f"{node.name}, in lines,", lines, FUNCTION_LINES)


def base_names(node: ast.ClassDef) -> list[str]:
    """Return the last names of the bases of a class, as they are written."""
    names = []
    for base in node.bases:
        while isinstance(base, ast.Subscript):
            base = base.value
        if isinstance(base, ast.Attribute | ast.Name):
            names.append(base.attr if isinstance(base, ast.Attribute) else base.id)
    return names


def deep_classes(root: Path) -> Iterator[Excess]:
    """Give the classes of the product with too many ancestors that are our own as well.

    Classes are told apart by name alone; nested ones (``Meta``) are left out.
    """
    bases: dict[str, list[str]] = {}
    places: dict[str, str] = {}
    for path in files(root, ".py"):
        if path.relative_to(root).parts[0] != "src":
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                bases[node.name] = base_names(node)
                places[node.name] = f"{path.relative_to(root)}:{node.lineno}"
    for name, place in places.items():
        count = len(ancestors(name, bases))
        if count > ANCESTORS:
            yield Excess(place, f"{name}, in ancestors of our own,", count, ANCESTORS)


def ancestors(name: str, bases: dict[str, list[str]]) -> set[str]:
    """Return all of our own classes that a class descends from."""
    found: set[str] = set()
    waiting = list(bases.get(name, ()))
    while waiting:
        base = waiting.pop()
        if base in bases and base != name and base not in found:
            found.add(base)
            waiting.extend(bases[base])
    return found


def excesses(root: Path) -> list[Excess]:
    """Return everything under ``root`` that is over its budget."""
    return [*long_files(root), *long_functions(root), *deep_classes(root)]


if __name__ == "__main__":
    found = excesses(ROOT)
    print("\n".join(map(str, found)) or "Everything is within its budget.")
    raise SystemExit(bool(found))
