"""Compile the message catalogues with Babel, so that no machine needs GNU gettext.

Run as a script it compiles what is older than its source; the build hook calls it as well.
"""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "dakehu"


def catalogue_files(package: Path) -> Iterator[Path]:
    """Give every catalogue source of the package, in a steady order."""
    yield from sorted(package.glob("*/locale/*/LC_MESSAGES/*.po"))


def compile_catalogues(package: Path) -> list[Path]:
    """Write the .mo file beside every .po file that is newer, and return those written."""
    written = []
    for source in catalogue_files(package):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as text, target.open("wb") as compiled:
            write_mo(compiled, read_po(text))
        written.append(target)
    return written


if __name__ == "__main__":
    compile_catalogues(PACKAGE)
