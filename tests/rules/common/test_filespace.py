"""Folders of this machine, of a real SFTP server and of a real FTP server behave alike."""

import asyncio
import errno
import ftplib
import os
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path

import asyncssh
import paramiko
import pytest
from tests.factories.certificates import write_certificate

from dakehu.common.filespace import (
    Cause,
    Entry,
    FilespaceUnreachable,
    FileVanished,
    is_remote,
    open_filespace,
)
from dakehu.common.filespace import ftp as by_ftp
from dakehu.common.filespace import sftp as by_sftp

with warnings.catch_warnings():
    # It stands on modules that leave the standard library, and brings them along from then on.
    warnings.simplefilter("ignore", DeprecationWarning)
    from pyftpdlib.authorizers import DummyAuthorizer
    from pyftpdlib.filesystems import AbstractedFS
    from pyftpdlib.handlers import FTPHandler, TLS_FTPHandler
    from pyftpdlib.servers import FTPServer

PASSWORD = "p@ss/wörd:1"
QUOTED = "p%40ss%2Fw%C3%B6rd%3A1"


class Login(asyncssh.SSHServer):
    """Lets one person in, by password."""

    connections: list[asyncssh.SSHServerConnection] = []

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self.connections.append(conn)

    def begin_auth(self, username: str) -> bool:
        return True

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == ("city", PASSWORD)


class PlainSftp(asyncssh.SFTPServer):
    """Knows only the rename of the standard, which does not replace."""

    def posix_rename(self, oldpath: bytes, newpath: bytes) -> None:
        raise asyncssh.SFTPOpUnsupported("not known here")


class CarefulFiles(AbstractedFS):
    """Renames only onto free names."""

    def rename(self, src: str, dst: str) -> None:
        if os.path.exists(dst):
            raise FileExistsError(errno.EEXIST, "there already", dst)
        super().rename(src, dst)


class SftpPlace:
    """An SFTP server on loopback, in a thread of its own."""

    behaviour = asyncssh.SFTPServer

    def __init__(self, root: Path) -> None:
        self.root = root
        self.key = asyncssh.generate_private_key("ssh-ed25519")
        self.person = asyncssh.generate_private_key("ssh-ed25519")
        self._loop = asyncio.new_event_loop()
        ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, args=(ready,), daemon=True)
        self._thread.start()
        assert ready.wait(10)

    def _serve(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        authorized = asyncssh.import_authorized_keys(self.person.export_public_key().decode())
        self._server = self._loop.run_until_complete(
            asyncssh.create_server(
                Login,
                "127.0.0.1",
                0,
                server_host_keys=[self.key],
                authorized_client_keys=authorized,
                sftp_factory=lambda channel: self.behaviour(channel, chroot=self.root),
            )
        )
        self.port = self._server.get_port()
        ready.set()
        self._loop.run_forever()

    def url(self, path: str = "", password: str = QUOTED, **options: str) -> str:
        query = {"hostkey": "any"} | options
        asked = "&".join(f"{name}={value}" for name, value in query.items() if value)
        return f"sftp://city:{password}@127.0.0.1:{self.port}/{path}?{asked}"

    def close(self) -> None:
        async def stop() -> None:
            self._server.close()
            while Login.connections:
                Login.connections.pop().abort()
            await self._server.wait_closed()
            others = asyncio.all_tasks() - {asyncio.current_task()}
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)

        if self._thread.is_alive():
            asyncio.run_coroutine_threadsafe(stop(), self._loop).result(10)
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(10)
            self._loop.close()


class FtpPlace:
    """An FTP server on loopback, in a thread of its own."""

    files = AbstractedFS
    speaks: type[FTPHandler] = FTPHandler
    secured: dict[str, object] = {}

    def __init__(self, root: Path, *, without: tuple[str, ...] = ()) -> None:
        self.root = root
        authorizer = DummyAuthorizer()
        authorizer.add_user("city", PASSWORD, str(root), perm="elradfmwMT")
        commands = {
            name: facts for name, facts in self.speaks.proto_cmds.items() if name not in without
        }
        settings = {
            "authorizer": authorizer,
            "proto_cmds": commands,
            "auth_failed_timeout": 0,
            "abstracted_fs": self.files,
            **self.secured,
        }
        handler = type("Handler", (self.speaks,), settings)
        self._server = FTPServer(("127.0.0.1", 0), handler)
        self.port = self._server.address[1]
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        # The loop closes its own sockets: from outside that would race with its waiting.
        while not self._ended.is_set():
            self._server.serve_forever(timeout=0.02, blocking=False)
        self._server.close_all()

    def url(self, path: str = "", password: str = QUOTED) -> str:
        return f"ftp://city:{password}@127.0.0.1:{self.port}/{path}"

    def close(self) -> None:
        self._ended.set()
        self._thread.join(10)


class LocalPlace:
    """A folder of this machine."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def url(self, path: str = "") -> str:
        return str(self.root / path)

    def close(self) -> None:
        """Nothing runs."""


class FileUrlPlace(LocalPlace):
    """The same, written as a URL."""

    def url(self, path: str = "") -> str:
        return f"file://{self.root}/{path}"


class OldFtpPlace(FtpPlace):
    """A server without machine-readable listings, which renames only onto free names."""

    files = CarefulFiles

    def __init__(self, root: Path) -> None:
        super().__init__(root, without=("MLSD", "MLST"))


class FtpsPlace(FtpPlace):
    """A server that takes neither a password nor a file without TLS."""

    speaks = TLS_FTPHandler

    def __init__(self, root: Path) -> None:
        self.certificate, key = write_certificate(root.parent)
        self.secured = {
            "certfile": str(self.certificate),
            "keyfile": str(key),
            "tls_control_required": True,
            "tls_data_required": True,
        }
        super().__init__(root)

    def url(self, path: str = "", password: str = QUOTED, **options: str) -> str:
        asked = options or {"cafile": str(self.certificate)}
        query = "&".join(f"{name}={value}" for name, value in asked.items())
        return f"ftps://city:{password}@127.0.0.1:{self.port}/{path}?{query}"


class OldSftpPlace(SftpPlace):
    """A server that renames only onto free names."""

    behaviour = PlainSftp


PLACES = {
    "local": LocalPlace,
    "file": FileUrlPlace,
    "sftp": SftpPlace,
    "old sftp": OldSftpPlace,
    "ftp": FtpPlace,
    "old ftp": OldFtpPlace,
    "ftps": FtpsPlace,
}


@pytest.fixture(params=PLACES)
def place(request, tmp_path) -> Iterator[LocalPlace]:
    root = tmp_path / "served"
    (root / "inbox" / "01").mkdir(parents=True)
    served = PLACES[request.param](root)
    yield served
    served.close()


@pytest.fixture
def sftp(tmp_path) -> Iterator[SftpPlace]:
    root = tmp_path / "served"
    root.mkdir()
    served = SftpPlace(root)
    yield served
    served.close()


@pytest.fixture
def ftp(tmp_path) -> Iterator[FtpPlace]:
    root = tmp_path / "served"
    root.mkdir()
    served = FtpPlace(root)
    yield served
    served.close()


def test_a_folder_is_listed_with_sizes(place) -> None:
    (place.root / "inbox" / "b.csv").write_bytes(b"12345")
    (place.root / "inbox" / "数据.csv").touch()

    with open_filespace(place.url("inbox")) as space:
        entries = space.entries()
        inside = space.entries("01")

    assert entries == [Entry("01", True, 0), Entry("b.csv", False, 5), Entry("数据.csv", False, 0)]
    assert inside == []


def test_a_file_is_fetched_whole_and_under_its_own_name_only_then(place, tmp_path) -> None:
    content = os.urandom(700_000)
    (place.root / "inbox" / "01" / "f.gz").write_bytes(content)
    into = tmp_path / "here" / "f.gz"
    into.parent.mkdir()

    with open_filespace(place.url("inbox")) as space:
        assert [entry.size for entry in space.entries("01")] == [700_000]
        assert space.fetch("01/f.gz", into=into) == into

    assert into.read_bytes() == content
    assert [path.name for path in into.parent.iterdir()] == ["f.gz"]
    assert (place.root / "inbox" / "01" / "f.gz").read_bytes() == content


def test_the_beginning_of_a_file_is_read(place) -> None:
    (place.root / "inbox" / "m.csv").write_bytes(b"0123456789" * 200_000)

    with open_filespace(place.url("inbox")) as space:
        assert space.read("m.csv", limit=15) == b"012345678901234"
        assert len(space.read("m.csv", limit=10**7)) == 2_000_000
        # The connection still serves after a transfer that was broken off.
        assert space.entries("01") == []


def test_a_file_is_put_with_its_folders_and_replaces_the_old_one(place, tmp_path) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"second")

    with open_filespace(place.url("inbox")) as space:
        space.put("02/20260301/receipt.json", b"first")
        space.put("02/20260301/receipt.json", source)
        space.put("02/20260301/empty.csv", b"")

    folder = place.root / "inbox" / "02" / "20260301"
    assert (folder / "receipt.json").read_bytes() == b"second"
    assert sorted(path.name for path in folder.iterdir()) == ["empty.csv", "receipt.json"]


def test_what_is_not_there_has_vanished_and_the_rest_goes_on(place, tmp_path) -> None:
    with open_filespace(place.url("inbox")) as space:
        with pytest.raises(FileVanished):
            space.fetch("01/gone.gz", into=tmp_path / "gone.gz")
        with pytest.raises(FileVanished):
            space.read("gone.csv", limit=5)
        assert [entry.name for entry in space.entries()] == ["01"]

    assert not (tmp_path / "gone.gz").exists()


def test_a_root_that_is_not_there_is_unreachable(place) -> None:
    with pytest.raises(FilespaceUnreachable) as caught:
        open_filespace(place.url("nowhere"))

    assert caught.value.cause == Cause.NO_SUCH_FOLDER


def test_a_server_that_goes_away_is_lost_and_its_password_is_not_told(tmp_path) -> None:
    for kind in (SftpPlace, FtpPlace):
        root = tmp_path / kind.__name__
        root.mkdir()
        served = kind(root)
        space = open_filespace(served.url())
        served.close()

        with space, pytest.raises(FilespaceUnreachable) as caught:
            space.entries()

        assert caught.value.cause == Cause.LOST
        assert_is_discreet(caught.value)


@pytest.mark.parametrize(
    ("cause_of", "error"),
    [
        (by_sftp._cause_of, paramiko.SSHException("Server connection dropped: ")),
        (by_sftp._cause_of, OSError("Socket is closed")),
        (by_ftp._cause_of, ftplib.error_temp("421 Control connection timed out.")),
    ],
)
def test_a_server_that_says_goodbye_is_lost(cause_of, error) -> None:
    assert cause_of(error) == (Cause.LOST, "")


def assert_is_discreet(error: FilespaceUnreachable) -> None:
    """The password stands neither plain nor quoted in anything that could be shown."""
    shown = f"{error} {error!r} {error.url} {error.detail}"
    assert PASSWORD not in shown
    assert QUOTED not in shown
    assert "wrong" not in shown.lower() or "password" not in shown.lower()


def test_a_local_folder_that_vanishes_is_unreachable(tmp_path) -> None:
    root = tmp_path / "mounted"
    root.mkdir()
    space = open_filespace(str(root))
    root.rmdir()

    with pytest.raises(FilespaceUnreachable) as caught:
        space.entries("01")

    assert caught.value.cause == Cause.NO_SUCH_FOLDER


@pytest.mark.parametrize("scheme", ["sftp", "ftp"])
def test_a_wrong_password_is_a_failed_login(scheme, request) -> None:
    served = request.getfixturevalue(scheme)

    with pytest.raises(FilespaceUnreachable) as caught:
        open_filespace(served.url(password="secret-but-false"))

    assert caught.value.cause == Cause.LOGIN
    assert "secret-but-false" not in f"{caught.value} {caught.value.url}"
    assert caught.value.url == f"{scheme}://city@127.0.0.1:{served.port}/"


@pytest.mark.parametrize("scheme", ["sftp", "ftp", "ftps"])
def test_a_port_where_nobody_listens_gives_no_answer(scheme) -> None:
    with pytest.raises(FilespaceUnreachable) as caught:
        open_filespace(f"{scheme}://city:{QUOTED}@127.0.0.1:1/inbox?hostkey=any")

    assert caught.value.cause == Cause.NO_ANSWER
    assert_is_discreet(caught.value)


def test_ftps_does_not_fall_back_to_plain_ftp(ftp) -> None:
    with pytest.raises(FilespaceUnreachable) as caught:
        open_filespace(ftp.url().replace("ftp://", "ftps://"))

    assert_is_discreet(caught.value)


def test_a_certificate_is_believed_only_if_the_url_vouches_for_it(tmp_path) -> None:
    (tmp_path / "served").mkdir()
    served = FtpsPlace(tmp_path / "served")
    try:
        with pytest.raises(FilespaceUnreachable) as unknown:
            open_filespace(served.url(encoding="utf-8"))
        with open_filespace(served.url(tls="any")) as space:
            assert space.entries() == []
        with pytest.raises(FilespaceUnreachable) as plain:
            open_filespace(served.url().replace("ftps://", "ftp://"))
    finally:
        served.close()

    assert_is_discreet(unknown.value)
    assert "certificate" in unknown.value.detail.lower()
    assert plain.value.cause == Cause.LOGIN


def test_an_unknown_host_key_is_refused_unless_the_url_vouches_for_it(sftp, tmp_path) -> None:
    with pytest.raises(FilespaceUnreachable) as unknown:
        open_filespace(sftp.url(hostkey=""))
    with pytest.raises(FilespaceUnreachable) as other:
        open_filespace(sftp.url(hostkey="SHA256:AAAA"))
    known = tmp_path / "known_hosts"
    public = sftp.key.export_public_key().decode().strip()
    known.write_text(f"[127.0.0.1]:{sftp.port} {public}\n")

    assert unknown.value.cause == other.value.cause == Cause.HOST_KEY
    fingerprint = sftp.key.get_fingerprint()
    assert fingerprint in other.value.detail
    for options in ({"hostkey": fingerprint}, {"hostkey": "", "known_hosts": str(known)}):
        with open_filespace(sftp.url(**options)) as space:
            assert space.entries() == []


def test_a_key_file_opens_the_door_without_a_password(sftp, tmp_path) -> None:
    key = tmp_path / "id_ed25519"
    key.write_bytes(sftp.person.export_private_key("openssh"))
    url = f"sftp://city@127.0.0.1:{sftp.port}/?hostkey=any&key={key}"

    with open_filespace(url) as space:
        assert space.entries() == []


@pytest.mark.parametrize("url", ["gopher://host/inbox", "sftp://host:notaport/inbox", "http://[x"])
def test_a_url_that_is_none_is_refused(url) -> None:
    with pytest.raises(FilespaceUnreachable) as caught:
        open_filespace(url)

    assert caught.value.cause == Cause.BAD_URL


def test_only_other_machines_are_remote() -> None:
    assert [is_remote(url) for url in ("/srv/inbox", "file:///srv", "sftp://h/", "ftp://h/")] == [
        False,
        False,
        True,
        True,
    ]


def test_a_full_disk_on_this_side_is_not_blamed_on_the_inbox(tmp_path, monkeypatch) -> None:

    import shutil

    (tmp_path / "f").write_bytes(b"x")

    def no_room(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", no_room)
    with open_filespace(str(tmp_path)) as space, pytest.raises(OSError, match="No space"):
        space.fetch("f", into=tmp_path / "g")
