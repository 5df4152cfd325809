"""Keep the Chinese catalogues true to the texts: ``update``, ``check`` and ``compile``.

Every app translates the texts that stand in its own folder, in
``locale/zh_Hans/LC_MESSAGES/django.po``. Texts are found by Babel in Python and by Django's own
template reader in templates; GNU gettext is not needed.

``update`` adds new texts without a translation, drops those no longer used and compiles; it can
be limited to apps: ``python -m tools.messages update alerts``. ``check`` prints what is missing
and fails.
"""

import io
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize
from tools.catalogues import PACKAGE, compile_catalogues

LOCALE = "zh_Hans"
CATALOGUE = Path("locale") / LOCALE / "LC_MESSAGES" / "django.po"
# Where the arguments of each marking function stand; "c" is the context.
SINGLE, PLURAL = None, (1, 2)
KEYWORDS: dict[str, Any] = {
    "_": SINGLE,
    "_now": SINGLE,
    "gettext": SINGLE,
    "gettext_lazy": SINGLE,
    "gettext_noop": SINGLE,
    "ngettext": PLURAL,
    "ngettext_lazy": PLURAL,
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# Babel's own header carries the time of day, which would change with every update.
HEADER = """\
# Chinese texts of the {app} app.
msgid ""
msgstr ""
"Language: {locale}\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w*[^{}]*\}|%[sdr]")
UNNAMED = re.compile(r"%[sdr]|\{\}|\{\d+\}")


def app_folders(package: Path) -> list[Path]:
    """Return the folders that may hold texts: every floor of the package."""
    return sorted(folder.parent for folder in package.glob("*/__init__.py"))


def source_files(app: Path) -> Iterator[Path]:
    """Give the Python files and templates of one app."""
    yield from sorted(app.rglob("*.py"))
    for suffix in ("html", "txt", "svg"):
        yield from sorted((app / "templates").rglob(f"*.{suffix}"))


def python_source(path: Path) -> str:
    """Return a file as Python: templates with their marked texts as calls of gettext."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text
    # Within brackets the indentation of a template is no indentation of Python.
    return f"(\n{templatize(text, origin=str(path))}\n)"


def texts_of(app: Path) -> Catalog:
    """Return every marked text of one app, with the files it stands in."""
    found = Catalog(locale=LOCALE, charset="utf-8")
    for path in source_files(app):
        source = io.BytesIO(python_source(path).encode())
        for _line, message, _comments, context in extract("python", source, keywords=KEYWORDS):
            place = (path.relative_to(app.parent).as_posix(), None)
            found.add(message, locations=[place], context=context)
    return found


def read_catalogue(app: Path) -> Catalog | None:
    """Return the catalogue of one app, or nothing where it has none."""
    path = app / CATALOGUE
    if not path.exists():
        return None
    with path.open("rb") as source:
        return read_po(source)


def words(message: Message) -> tuple[str, ...]:
    """Return the English of a text: one form, or two with a plural."""
    return message.id if isinstance(message.id, tuple) else (message.id,)


def translations(message: Message) -> tuple[str, ...]:
    """Return the Chinese of a text, as many forms as the catalogue has."""
    return message.string if isinstance(message.string, tuple) else (message.string,)


def has_translation(message: Message) -> bool:
    """Tell whether every form is translated."""
    return all(text and text.strip() for text in translations(message))


def entries(catalogue: Catalog) -> dict[tuple[str | None, str], Message]:
    """Return the texts of a catalogue by context and first form."""
    return {(message.context, words(message)[0]): message for message in catalogue if message.id}


def placeholders(texts: tuple[str, ...]) -> set[str]:
    """Return the placeholders that stand in any of the texts."""
    return {found for text in texts for found in PLACEHOLDER.findall(text.replace("%%", ""))}


def message_problems(message: Message) -> Iterator[str]:
    """Say what is wrong with one translation."""
    if message.fuzzy:
        yield "marked as fuzzy"
    elif not has_translation(message):
        yield "no translation"
    elif placeholders(words(message)) != placeholders(translations(message)):
        yield "other placeholders than the English"


def app_problems(app: Path) -> Iterator[str]:
    """Say what is wrong with the catalogue of one app."""
    used = entries(texts_of(app))
    catalogue = read_catalogue(app)
    if catalogue is None:
        if used:
            yield f"{app.name}: {len(used)} texts, no catalogue {CATALOGUE}"
        return
    if catalogue.num_plurals != 1:
        yield f"{app.name}: the header must say Plural-Forms: nplurals=1; plural=0;"
    kept = entries(catalogue)
    for key in sorted(used.keys() - kept.keys(), key=str):
        yield f"{app.name}: missing: {key[1]!r}"
    for key in sorted(kept.keys() - used.keys(), key=str):
        yield f"{app.name}: no longer used: {key[1]!r}"
    for key in sorted(used.keys() & kept.keys(), key=str):
        for problem in message_problems(kept[key]):
            yield f"{app.name}: {problem}: {key[1]!r}"
        if any(UNNAMED.search(text.replace("%%", "")) for text in words(used[key])):
            yield f"{app.name}: a placeholder without a name: {key[1]!r}"


def disagreements(apps: list[Path]) -> Iterator[str]:
    """Say which texts two apps translate differently; only one of the two would be shown."""
    by_text: dict[tuple[str | None, str], dict[tuple[str, ...], list[str]]] = defaultdict(dict)
    for app in apps:
        for key, message in entries(read_catalogue(app) or Catalog()).items():
            by_text[key].setdefault(translations(message), []).append(app.name)
    for (_context, text), versions in sorted(by_text.items(), key=str):
        if len(versions) > 1:
            told = "; ".join(f"{'/'.join(a)}: {t[0]}" for t, a in versions.items())
            yield f"translated differently: {text!r} ({told})"


def problems(package: Path) -> list[str]:
    """Return all that is wrong with the catalogues of a package, one line each."""
    apps = app_folders(package)
    found = [line for app in apps for line in app_problems(app)]
    return [*found, *disagreements(apps)]


def update_catalogue(app: Path) -> None:
    """Write the catalogue of one app again: its texts of now, its translations kept."""
    used, kept = texts_of(app), entries(read_catalogue(app) or Catalog())
    if not entries(used):
        (app / CATALOGUE).unlink(missing_ok=True)
        return
    for key, message in entries(used).items():
        if key in kept:
            message.string = kept[key].string
            message.user_comments = kept[key].user_comments
    path = app / CATALOGUE
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as target:
        target.write(HEADER.format(app=app.name, locale=LOCALE).encode())
        write_po(target, used, width=99, sort_output=True, include_lineno=False, omit_header=True)


def main(arguments: list[str]) -> int:
    """Run one of the three commands."""
    match arguments:
        case ["update", *names]:
            for app in app_folders(PACKAGE):
                if not names or app.name in names:
                    update_catalogue(app)
            compile_catalogues(PACKAGE)
        case ["compile"]:
            compile_catalogues(PACKAGE)
        case ["check"]:
            found = problems(PACKAGE)
            print("\n".join(found) or "Every text is translated.")
            return int(bool(found))
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    # The template reader asks for settings; it needs none in particular.
    settings.configure()
    raise SystemExit(main(sys.argv[1:]))
