"""Set up: the services that come with Dakehu are there after every migration."""

from functools import cache
from importlib import resources
from typing import Any

from django.utils import timezone

from dakehu.catalogue.operations.packs import take_services
from dakehu.catalogue.rules.packs import PackService, read_services


@cache
def shipped_services() -> tuple[PackService, ...]:
    """Return the services that come with Dakehu; no process sees them change."""
    path = resources.files("dakehu.catalogue") / "packs" / "services.yaml"
    return read_services(path.read_text(encoding="utf-8"))


def load_services(**_sent: Any) -> None:
    """Take in what is missing; run after migrating, so it must bear repetition."""
    take_services(services=shipped_services(), on=timezone.localdate())
