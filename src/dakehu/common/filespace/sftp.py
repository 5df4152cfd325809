"""
Folders reached by SFTP: ``sftp://user:password@host:port/path``.

Options of the URL: ``key`` a private key file; ``known_hosts`` a file beside the user's own;
``hostkey`` the server's fingerprint (``SHA256:…``), or ``any`` to trust whoever answers.
"""

import base64
import errno
import hashlib
import shutil
import socket
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import paramiko

from dakehu.common.filespace.values import (
    Address,
    Cause,
    Closing,
    Entry,
    FilespaceUnreachable,
    FileVanished,
    is_own_disk,
    part_name,
)

PATIENCE = 30
"""Seconds to wait for an answer before the server counts as gone."""

CHUNK = 256 * 1024


class _Stranger(paramiko.SSHException):  # type: ignore[misc]
    """The server's key is not the one that was expected."""


class _Pinned(paramiko.MissingHostKeyPolicy):  # type: ignore[misc]
    """Accepts the one key whose fingerprint stands in the URL, or any if it says so."""

    def __init__(self, fingerprint: str) -> None:
        self._fingerprint = fingerprint

    def missing_host_key(self, client: Any, hostname: str, key: Any) -> None:
        """Compare fingerprints as ssh-keygen prints them."""
        digest = hashlib.sha256(key.asbytes()).digest()
        found = "SHA256:" + base64.b64encode(digest).decode().rstrip("=")
        if self._fingerprint not in ("any", found):
            raise _Stranger(found)


class SftpFilespace(Closing):
    """A folder of an SFTP server, over one connection."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._root = address.path.rstrip("/") or ("/" if address.path else ".")
        self._client = paramiko.SSHClient()
        with self._told(""):
            try:
                self._connect()
                self._sftp = self._client.open_sftp()
                self._sftp.get_channel().settimeout(PATIENCE)
            except BaseException:
                self._client.close()
                raise
        self._check_root()

    def _connect(self) -> None:
        options = self._address.options
        if pinned := options.get("hostkey"):
            self._client.set_missing_host_key_policy(_Pinned(pinned))
        else:
            self._client.load_system_host_keys()
            if known := options.get("known_hosts"):
                self._client.load_host_keys(known)
            self._client.set_missing_host_key_policy(paramiko.RejectPolicy())
        own_way = self._address.password is not None or "key" in options
        self._client.connect(
            self._address.host,
            port=self._address.port or 22,
            username=self._address.user or None,
            password=self._address.password,
            key_filename=options.get("key"),
            # Other keys of the user would count as failed attempts.
            allow_agent=not own_way,
            look_for_keys=not own_way,
            timeout=PATIENCE,
            banner_timeout=PATIENCE,
            auth_timeout=PATIENCE,
        )

    def _check_root(self) -> None:
        try:
            with self._told(""):
                self._sftp.stat(self._root)
        except FileVanished:
            self.close()
            raise FilespaceUnreachable(self.url, Cause.NO_SUCH_FOLDER) from None

    @property
    def url(self) -> str:
        """The address without the password."""
        return self._address.shown

    def close(self) -> None:
        """Leave the server."""
        self._client.close()

    def entries(self, folder: str = "") -> list[Entry]:
        """List a folder."""
        with self._told(folder):
            found = self._sftp.listdir_attr(self._at(folder))
        return sorted(map(_entry_of, found))

    def fetch(self, path: str, *, into: Path) -> Path:
        """Copy a file here; a file that ends early is noticed by its size."""
        with self._told(path, copying_here=True):
            aside = Path(part_name(str(into)))
            self._sftp.get(self._at(path), str(aside), max_concurrent_prefetch_requests=64)
            return aside.replace(into)

    def read(self, path: str, *, limit: int) -> bytes:
        """Return the beginning of a file."""
        with self._told(path), self._sftp.open(self._at(path), "rb") as file:
            content = bytearray()
            while len(content) < limit and (piece := file.read(min(CHUNK, limit - len(content)))):
                content += piece
            return bytes(content)

    def put(self, path: str, content: bytes | Path) -> None:
        """Write a file aside and give it its name."""
        with self._told(path):
            target = self._at(path)
            self._make_folders(path.rpartition("/")[0])
            aside = part_name(target)
            with self._sftp.open(aside, "wb") as out:
                out.set_pipelined(True)
                _write(out, content)
            self._rename(aside, target)

    def _rename(self, aside: str, target: str) -> None:
        try:
            self._sftp.posix_rename(aside, target)
        except OSError:
            # Servers without the extension rename only onto a free name.
            with suppress(FileNotFoundError):
                self._sftp.remove(target)
            self._sftp.rename(aside, target)

    def _make_folders(self, folder: str) -> None:
        made = ""
        for name in filter(None, folder.split("/")):
            made = f"{made}/{name}" if made else name
            try:
                self._sftp.stat(self._at(made))
            except FileNotFoundError:
                self._sftp.mkdir(self._at(made))

    def _at(self, path: str) -> str:
        return f"{self._root.rstrip('/')}/{path}" if path else self._root

    @contextmanager
    def _told(self, path: str, *, copying_here: bool = False) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError:
            raise FileVanished(self.url, path) from None
        except (OSError, EOFError, paramiko.SSHException) as error:
            if copying_here and is_own_disk(error):
                raise
            cause, detail = _cause_of(error)
            raise FilespaceUnreachable(self.url, cause, detail) from error


def _entry_of(found: Any) -> Entry:
    is_folder = stat.S_ISDIR(found.st_mode or 0)
    return Entry(found.filename, is_folder, 0 if is_folder else found.st_size or 0)


def _write(out: IO[bytes], content: bytes | Path) -> None:
    if isinstance(content, Path):
        with content.open("rb") as source:
            shutil.copyfileobj(source, out, CHUNK)
    else:
        out.write(content)


def _cause_of(error: BaseException) -> tuple[Cause, str]:
    if isinstance(error, paramiko.AuthenticationException):
        return (Cause.LOGIN, "")
    if isinstance(error, _Stranger):
        return (Cause.HOST_KEY, str(error))
    if isinstance(error, paramiko.BadHostKeyException) or "known_hosts" in str(error):
        return (Cause.HOST_KEY, "")
    if isinstance(error, socket.gaierror):
        return (Cause.NO_SUCH_HOST, "")
    if isinstance(error, paramiko.ssh_exception.NoValidConnectionsError):
        return (Cause.NO_ANSWER, "")
    if isinstance(error, TimeoutError):
        return (Cause.NO_ANSWER, "")
    if isinstance(error, PermissionError):
        return (Cause.NOT_PERMITTED, "")
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return (Cause.FULL, "")
    if isinstance(error, ConnectionError | EOFError) or says_gone(error):
        return (Cause.LOST, "")
    return (Cause.OTHER, str(error))


def says_gone(error: BaseException) -> bool:
    """Tell whether an error says in its words that the connection is gone."""
    words = str(error).lower()
    return "closed" in words or "dropped" in words
