"""Asking a directory: how names and messages are written, and answers that are none."""

import socket
import threading

import pytest

from dakehu.common import directory
from dakehu.common.directory import DirectorySilent, encoded, escaped, opened, split


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("wangfang", "wangfang"),
        ("王芳", "王芳"),
        ("a,ou=b", "a\\2cou\\3db"),
        (" #\\", "\\20\\23\\5c"),
        ("x\0", "x\\00"),
    ],
)
def test_a_value_brings_no_parts_of_its_own(value, written):
    assert escaped(value) == written


@pytest.mark.parametrize("length", [0, 1, 127, 128, 255, 256, 70_000])
def test_what_is_encoded_is_read_back(length):
    content = b"x" * length

    assert split(encoded(directory.OCTETS, content) + b"rest") == (
        (directory.OCTETS, content),
        b"rest",
    )


@pytest.fixture
def answering():
    """Return a function that answers one caller with the given bytes, and says where."""
    listener = socket.create_server(("127.0.0.1", 0))
    threads = []

    def answer(said: bytes) -> str:
        def serve() -> None:
            caller, _address = listener.accept()
            with caller:
                caller.recv(1000)
                caller.sendall(said)

        threads.append(threading.Thread(target=serve))
        threads[-1].start()
        return f"ldap://127.0.0.1:{listener.getsockname()[1]}"

    yield answer
    for thread in threads:
        thread.join()
    listener.close()


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        b"\x30\x84\x7f\xff\xff\xff",
        b"\x30\x03\x02\x01\x01",
        # StartTLS is not offered: protocol error.
        bytes.fromhex("300c02010178070a010204000400"),
    ],
    ids=["nothing", "another protocol", "too long", "cut short", "no TLS"],
)
def test_what_is_no_answer_is_silence(answering, said):
    url = answering(said)

    with pytest.raises(DirectorySilent), opened(url, certificates="", patience=2):
        pytest.fail("There is no line.")
