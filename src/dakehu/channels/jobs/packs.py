"""Set up: the matrix that comes with Dakehu is there after every migration."""

from functools import cache
from importlib import resources
from typing import Any

from django.utils import timezone

from dakehu.channels.operations.packs import take_matrix
from dakehu.channels.rules.packs import read_matrix
from dakehu.channels.values import Body


@cache
def shipped_matrix() -> Body:
    """Return the matrix that comes with Dakehu; no process sees it change."""
    path = resources.files("dakehu.channels") / "packs" / "matrix.yaml"
    return read_matrix(path.read_text(encoding="utf-8"))


def load_matrix(**_sent: Any) -> None:
    """Take in what is missing; run after migrating, so it must bear repetition."""
    take_matrix(body=shipped_matrix(), on=timezone.localdate())
