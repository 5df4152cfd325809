"""A process that runs nights and kills them, each in a forked child with a home of its own.

It reads one JSON order per line: ``home``, ``inbox``, ``outbox``, ``day``, and ``kill``, a list of
``[module, name, when, nth]``: the process dies by SIGKILL ``before`` or ``after`` the nth call of
that function or method. It answers with the exit status of the child. The product has no hook for
this; the functions are wrapped here, in the child, before the night begins.
"""

import importlib
import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any


def deadly(function: Callable[..., Any], *, when: str, nth: int) -> Callable[..., Any]:
    """Wrap a function so that the process dies around its nth call."""
    calls = 0

    def wrapped(*args: Any, **options: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == nth and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        answer = function(*args, **options)
        if calls == nth and when == "after":
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    return wrapped


def arm(module_name: str, name: str, when: str, nth: int) -> None:
    """Wrap a function everywhere it is known by its name, or a method in its class."""
    owner: Any = importlib.import_module(module_name)
    *classes, last = name.split(".")
    for each in classes:
        owner = getattr(owner, each)
    function = getattr(owner, last)
    armed = deadly(function, when=when, nth=nth)
    if classes:
        setattr(owner, last, armed)
        return
    for module in list(sys.modules.values()):
        if getattr(module, "__name__", "").startswith("dakehu") and (
            getattr(module, last, None) is function
        ):
            setattr(module, last, armed)


def night(order: dict[str, Any]) -> int:
    """Run one night in this process and return its exit code."""
    from django.conf import settings
    from django.db import connections

    from dakehu.exchange.errors import UnableToRun
    from dakehu.exchange.jobs import nightly, orders, reporting

    settings.HOME = Path(order["home"])
    connections["default"].settings_dict["NAME"] = str(settings.HOME / "db.sqlite3")
    for module, name, when, nth in order.get("kill", []):
        arm(module, name, when, nth)
    places = orders.Places(inbox=order["inbox"], outbox=order["outbox"])
    try:
        nightly.run(
            orders.night_of(date.fromisoformat(order["day"]), places=places),
            reporter=reporting.no_reporter(),
        )
    except UnableToRun as refusal:
        sys.stderr.write(f"{refusal}\n")
        return int(refusal.exit_code)
    return 0


def in_child(order: dict[str, Any]) -> int:
    """Run one night in a child and return its exit code, or minus the signal that killed it."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            code = night(order)
        finally:
            sys.stderr.flush()
            os._exit(code)
    _pid, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def main() -> None:
    """Answer orders until there are no more."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dakehu.config.settings")
    django.setup()
    # Everything is imported once; a child that is forked now starts at once.
    importlib.import_module("dakehu.exchange.jobs.nightly")
    for line in sys.stdin:
        sys.stdout.write(f"{in_child(json.loads(line))}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
