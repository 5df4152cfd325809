"""
Folders reached by FTP, plain or with TLS: ``ftp://`` and ``ftps://user:password@host:port/path``.

Options of the URL: ``cafile`` the authorities that sign the server's certificate, ``tls=any`` to
trust whoever answers; ``encoding`` of names if the server does not speak UTF-8.
"""

import ftplib
import io
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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


class FtpFilespace(Closing):
    """A folder of an FTP server, over one control connection."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._root = address.path.rstrip("/")
        with self._told(""):
            self._ftp = self._connect()
        try:
            with self._told(""):
                self._ftp.cwd(self._at(""))
        except FileVanished:
            self.close()
            raise FilespaceUnreachable(self.url, Cause.NO_SUCH_FOLDER) from None

    def _connect(self) -> ftplib.FTP:
        address = self._address
        ftp = self._new()
        try:
            ftp.connect(address.host, address.port or 21)
            if isinstance(ftp, ftplib.FTP_TLS):
                ftp.auth()
            try:
                ftp.login(address.user, address.password or "")
            except ftplib.error_perm:
                raise FilespaceUnreachable(self.url, Cause.LOGIN) from None
            if isinstance(ftp, ftplib.FTP_TLS):
                ftp.prot_p()
            ftp.voidcmd("TYPE I")
        except BaseException:
            ftp.close()
            raise
        return ftp

    def _new(self) -> ftplib.FTP:
        options = self._address.options
        encoding = options.get("encoding", "utf-8")
        if self._address.scheme == "ftp":
            return ftplib.FTP(timeout=PATIENCE, encoding=encoding)  # noqa: S321 as asked for
        context = ssl.create_default_context(cafile=options.get("cafile"))
        if options.get("tls") == "any":
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return ftplib.FTP_TLS(  # noqa: S321 as asked for
            timeout=PATIENCE, encoding=encoding, context=context
        )

    @property
    def url(self) -> str:
        """The address without the password."""
        return self._address.shown

    def close(self) -> None:
        """Leave the server, politely if it still listens."""
        try:
            self._ftp.quit()
        except (OSError, EOFError, ftplib.Error):
            self._ftp.close()

    def entries(self, folder: str = "") -> list[Entry]:
        """List a folder."""
        with self._told(folder):
            try:
                return sorted(self._by_mlsd(folder))
            except ftplib.error_perm as error:
                if not str(error).startswith(("500", "501", "502", "504")):
                    raise
            return sorted(self._by_nlst(folder))

    def _by_mlsd(self, folder: str) -> Iterator[Entry]:
        for name, facts in self._ftp.mlsd(self._at(folder)):
            kind = facts.get("type", "file").lower()
            if kind == "dir":
                yield Entry(name, is_folder=True, size=0)
            elif kind == "file":
                yield Entry(name, is_folder=False, size=int(facts.get("size") or 0))

    def _by_nlst(self, folder: str) -> Iterator[Entry]:
        """List with a server that has no machine-readable listing: a folder has no size."""
        for listed in self._ftp.nlst(self._at(folder)):
            name = listed.rpartition("/")[2]
            path = f"{folder}/{name}" if folder else name
            try:
                yield Entry(name, is_folder=False, size=self._size(path) or 0)
            except ftplib.error_perm:
                yield Entry(name, is_folder=True, size=0)

    def _size(self, path: str) -> int | None:
        # Listings are in text mode, in which servers tell no sizes.
        self._ftp.voidcmd("TYPE I")
        return self._ftp.size(self._at(path))

    def fetch(self, path: str, *, into: Path) -> Path:
        """Copy a file here; a transfer cut short is noticed by the size."""
        with self._told(path, copying_here=True):
            expected = self._size(path)
            aside = Path(part_name(str(into)))
            with aside.open("wb") as out:
                self._ftp.retrbinary(f"RETR {self._at(path)}", out.write, CHUNK)
            if expected is not None and aside.stat().st_size != expected:
                raise FilespaceUnreachable(self.url, Cause.LOST)
            return aside.replace(into)

    def read(self, path: str, *, limit: int) -> bytes:
        """Return the beginning of a file; the rest is not waited for."""
        content = bytearray()
        with self._told(path):
            # Listings leave the connection in text mode, in which line ends change on the way.
            self._ftp.voidcmd("TYPE I")
            with self._ftp.transfercmd(f"RETR {self._at(path)}") as connection:
                while len(content) < limit and (piece := connection.recv(CHUNK)):
                    content += piece
            try:
                self._ftp.voidresp()
            except ftplib.Error:
                # The server complains that we hung up; it is right if we had enough.
                if len(content) < limit:
                    raise
        return bytes(content[:limit])

    def put(self, path: str, content: bytes | Path) -> None:
        """Write a file aside and give it its name."""
        with self._told(path):
            target = self._at(path)
            self._make_folders(path.rpartition("/")[0])
            aside = part_name(target)
            with content.open("rb") if isinstance(content, Path) else io.BytesIO(content) as file:
                self._ftp.storbinary(f"STOR {aside}", file, CHUNK)
            self._rename(aside, target)

    def _rename(self, aside: str, target: str) -> None:
        try:
            self._ftp.rename(aside, target)
        except ftplib.error_perm:
            # Some servers rename only onto a free name.
            self._ftp.delete(target)
            self._ftp.rename(aside, target)

    def _make_folders(self, folder: str) -> None:
        made = ""
        for name in filter(None, folder.split("/")):
            made = f"{made}/{name}" if made else name
            try:
                self._ftp.cwd(self._at(made))
            except ftplib.error_perm:
                self._ftp.mkd(self._at(made))

    def _at(self, path: str) -> str:
        return f"{self._root}/{path}" if path else self._root or "/"

    @contextmanager
    def _told(self, path: str, *, copying_here: bool = False) -> Iterator[None]:
        try:
            yield
        except ftplib.error_perm as error:
            if str(error).startswith("550"):
                raise FileVanished(self.url, path) from None
            cause = Cause.FULL if str(error).startswith("552") else Cause.NOT_PERMITTED
            raise FilespaceUnreachable(self.url, cause, str(error)) from error
        except (OSError, EOFError, ftplib.Error) as error:
            if copying_here and is_own_disk(error):
                raise
            cause, detail = _cause_of(error)
            raise FilespaceUnreachable(self.url, cause, detail) from error


def _cause_of(error: BaseException) -> tuple[Cause, str]:
    if isinstance(error, ssl.SSLCertVerificationError):
        return (Cause.CERTIFICATE, error.verify_message)
    if isinstance(error, socket.gaierror):
        return (Cause.NO_SUCH_HOST, "")
    if isinstance(error, ConnectionRefusedError | TimeoutError):
        return (Cause.NO_ANSWER, "")
    # 421 says that the server closes the connection.
    if isinstance(error, ConnectionError | EOFError) or str(error).startswith("421"):
        return (Cause.LOST, "")
    return (Cause.OTHER, str(error))
