"""Files at rest below the media folder: outside the web root, for this installation's eyes only.

A row names its file by a path below that folder; a file that no row names does no harm and is
tidied away.
"""

import hashlib
import os
import secrets
import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from django.conf import settings

from dakehu.files.values import BuiltFile

ROOM = "room-"
DIGEST_CHUNK = 1024 * 1024


def full_path(path: str) -> Path:
    """Return where a file of a row lies."""
    return Path(settings.MEDIA_ROOT) / path


def folder_for(kind: str) -> Path:
    """Return the folder of a kind of files, made if need be; only its owner may look in."""
    folder = Path(settings.MEDIA_ROOT) / kind
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


@contextmanager
def workroom(kind: str) -> Iterator[Path]:
    """Give a folder for what is on its way; what a killed process leaves there is tidied."""
    with TemporaryDirectory(dir=folder_for(kind), prefix=ROOM) as room:
        yield Path(room)


def private(path: str, flags: int) -> int:
    """Open a file so that only its owner may read it."""
    return os.open(path, flags, 0o600)


def keep(kind: str, write: Callable[[IO[bytes], Path], int], *, suffix: str = "") -> BuiltFile:
    """Write a file and put it to rest whole, under a name that nobody can guess."""
    name = f"{kind}/{secrets.token_urlsafe(24)}{suffix}"
    with workroom(kind) as room:
        part = room / "part"
        with open(part, "xb", opener=private) as file:
            rows = write(file, room)
            file.flush()
            os.fsync(file.fileno())
        size, digest = part.stat().st_size, digest_of(part)
        os.replace(part, full_path(name))
    return BuiltFile(path=name, size=size, sha256=digest, rows=rows)


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while chunk := file.read(DIGEST_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def remove(path: str) -> None:
    """Remove a file, if a row named one and it is still there."""
    if path:
        full_path(path).unlink(missing_ok=True)


def tidy(kind: str, *, named: Collection[str], before: datetime) -> None:
    """Remove files and workrooms that no row names and that are older than ``before``.

    They belong to processes that were killed between writing a file and naming it.
    """
    for path in folder_for(kind).iterdir():
        if path.stat().st_mtime >= before.timestamp():
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif f"{kind}/{path.name}" not in named:
            path.unlink(missing_ok=True)
