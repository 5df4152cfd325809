"""What every file space can do, what it says about a file, and how it fails (capability F5)."""

import errno
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self
from urllib.parse import unquote, urlsplit


class Cause(StrEnum):
    """Why a file space cannot be used; each has another cure."""

    NO_SUCH_HOST = "no_such_host"
    NO_ANSWER = "no_answer"
    LOGIN = "login"
    HOST_KEY = "host_key"
    CERTIFICATE = "certificate"
    LOST = "lost"
    NO_SUCH_FOLDER = "no_such_folder"
    NOT_PERMITTED = "not_permitted"
    FULL = "full"
    BAD_URL = "bad_url"
    OTHER = "other"


class FilespaceUnreachable(Exception):
    """
    A file space cannot be reached, or was lost on the way.

    ``url`` never holds a password; ``detail`` is what the other side or the system said.
    """

    def __init__(self, url: str, cause: Cause, detail: str = "") -> None:
        super().__init__(f"{url}: {cause}{f' ({detail})' if detail else ''}")
        self.url = url
        self.cause = cause
        self.detail = detail


class FileVanished(Exception):
    """A file or folder is not there (any more); the file space itself is."""

    def __init__(self, url: str, path: str) -> None:
        super().__init__(f"{url}: {path}")
        self.url = url
        self.path = path


@dataclass(frozen=True, order=True)
class Entry:
    """One name in a folder."""

    name: str
    is_folder: bool
    size: int


class Filespace(Protocol):
    """
    A tree of files somewhere; paths are relative to its root and separated by ``/``.

    Every method raises :class:`FilespaceUnreachable` if the space cannot be used, and
    :class:`FileVanished` if the path is not there.  Files are read or replaced whole.
    """

    @property
    def url(self) -> str:
        """Where it is, fit to be shown: without a password."""

    def entries(self, folder: str = "") -> list[Entry]:
        """List a folder, sorted by name."""

    def fetch(self, path: str, *, into: Path) -> Path:
        """Copy a file here, under a temporary name first; return ``into``."""

    def read(self, path: str, *, limit: int) -> bytes:
        """Return the first ``limit`` bytes of a file."""

    def put(self, path: str, content: bytes | Path) -> None:
        """Write a file with its folders; it bears its name only when it is whole."""

    def close(self) -> None:
        """Leave."""

    def __enter__(self) -> Self:
        """Use it in a ``with`` statement."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
        /,
    ) -> None:
        """Leave."""


class Closing:
    """Lets a file space close itself at the end of a ``with`` statement."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Leave; nothing to do unless there is a connection."""


@dataclass(frozen=True)
class Address:
    """A URL taken apart; ``shown`` is what may be printed."""

    scheme: str
    host: str
    port: int | None
    user: str
    password: str | None
    path: str
    options: dict[str, str]
    shown: str


def address_of(url: str) -> Address:
    """
    Take a URL apart.

    :raises FilespaceUnreachable: if it is none.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        # The text may hold a password, so none of it is repeated.
        raise FilespaceUnreachable("…", Cause.BAD_URL) from None
    user, host = unquote(parts.username or ""), parts.hostname or ""
    authority = f"{user}@{host}" if user else host
    authority += f":{port}" if port else ""
    path = unquote(parts.path)
    return Address(
        scheme=parts.scheme,
        host=host,
        port=port,
        user=user,
        password=unquote(parts.password) if parts.password is not None else None,
        # /~/… is relative to the folder that the log-in leads to.
        path=path.removeprefix("/~/") if path.startswith("/~/") else path,
        options=_options(parts.query),
        shown=f"{parts.scheme}://{authority}{parts.path}",
    )


def _options(query: str) -> dict[str, str]:
    # Not as in forms: a plus is a plus, since fingerprints are written with it.
    pairs = (option.partition("=") for option in query.split("&") if option)
    return {unquote(name): unquote(value) for name, _, value in pairs}


def is_own_disk(error: BaseException) -> bool:
    """
    Tell whether copying a file here failed for want of room on this side.

    Reading never does; so such an error is not the file space's, and is left as it is.
    """
    own = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
    return isinstance(error, OSError) and error.errno in own


def part_name(path: str) -> str:
    """The temporary name, in the same folder, of a file that is being written."""
    folder, slash, name = path.rpartition("/")
    return f"{folder}{slash}.{name}.part"
