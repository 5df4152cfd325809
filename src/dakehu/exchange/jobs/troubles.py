"""Troubles from below, told in words: what is broken, where it is, and what cures it."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError
from django.utils.translation import gettext as _

from dakehu.common.filespace import FilespaceUnreachable, FileVanished
from dakehu.exchange.choices import CAUSES
from dakehu.exchange.errors import DatabaseUnwritable, HomeUnwritable, PlaceUnreachable

DISK_ERRORS = {errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EPERM, errno.EDQUOT, errno.EIO}
# SQLite tells mistakes in our own statements under the same class as a broken disk.
OUR_MISTAKES = ("no such", "syntax error", "has no column", "ambiguous column")
READ_ONLY_WORDS = ("readonly", "read-only", "read only")
DISK_WORDS = ("no space left", "permission denied", "read-only file system", "quota")
FULL_WORDS = ("is full", "no space left", "disk full")


@contextmanager
def told_in_words() -> Iterator[None]:
    """Turn failures of folders, of the database and of the disk into named refusals.

    :raises PlaceUnreachable: if the inbox or the outbox cannot be used, or vanished.
    :raises DatabaseUnwritable: if the records database cannot be reached or written.
    :raises HomeUnwritable: if the installation's folder cannot be written.
    """
    with disk_told(), database_told(), places_told():
        yield


@contextmanager
def places_told() -> Iterator[None]:
    """Tell what ails the inbox or the outbox."""
    try:
        yield
    except FilespaceUnreachable as error:
        raise PlaceUnreachable(place_words(error)) from error
    except FileVanished as error:
        raise PlaceUnreachable(vanished_words(error)) from error


@contextmanager
def database_told() -> Iterator[None]:
    """Tell what ails the records database."""
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        if any(word in str(error) for word in OUR_MISTAKES):
            raise
        raise DatabaseUnwritable(database_words(error)) from error
    except DatabaseError as error:
        # PostgreSQL tells a read-only server as an internal error.
        if not any(word in str(error).lower() for word in READ_ONLY_WORDS):
            raise
        raise DatabaseUnwritable(database_words(error)) from error


@contextmanager
def disk_told() -> Iterator[None]:
    """Tell what ails the installation's folder."""
    try:
        yield
    except duckdb.IOException as error:
        if not any(word in str(error).lower() for word in DISK_WORDS):
            raise
        raise HomeUnwritable(home_words(str(error))) from error
    except OSError as error:
        if error.errno not in DISK_ERRORS:
            raise
        raise HomeUnwritable(home_words(str(error))) from error


def database_words(error: Exception) -> str:
    """Say what ails the database, where it is, and what to do."""
    text = str(error).strip()
    place = database_place()
    low = text.lower()
    if any(word in low for word in READ_ONLY_WORDS):
        cure = _("Give the account that runs Dakehu the right to write there, and run again.")
    elif any(word in low for word in FULL_WORDS):
        cure = _("Make room for it, and run again; what was taken so far is kept.")
    elif "locked" in low:
        cure = _("Another program holds it; end that program, and run again.")
    else:
        cure = _("Check that it is there and reachable, and run again.")
    return _("The database %(place)s cannot be written: %(error)s. %(cure)s") % {
        "place": place,
        "error": text,
        "cure": cure,
    }


def database_place() -> str:
    """Name the database without its password."""
    described = settings.DATABASES["default"]
    if "sqlite" in described["ENGINE"]:
        return str(described["NAME"])
    return f"{described['NAME']} @ {described.get('HOST') or 'localhost'}"


def home_words(text: str) -> str:
    """Say that the installation's folder cannot be written, and what to do."""
    return _(
        "The folder %(home)s cannot be written: %(error)s. Make room there, or give the account "
        "that runs Dakehu the right to write, and run again; what was taken so far is kept."
    ) % {"home": settings.HOME, "error": text}


def place_words(error: FilespaceUnreachable) -> str:
    """Say which folder cannot be used and why."""
    words = _("%(place)s cannot be used: %(cause)s.") % {
        "place": error.url,
        "cause": CAUSES[error.cause],
    }
    return f"{words} ({error.detail})" if error.detail else words


def vanished_words(error: FileVanished) -> str:
    """Say which file was there a moment ago."""
    return _(
        "%(path)s vanished from %(place)s while it was read. What was taken so far is kept; run "
        "again."
    ) % {"path": error.path, "place": error.url}
