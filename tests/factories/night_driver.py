"""A process that runs nights and disturbs them, each in a forked child with a home of its own.

It reads one JSON order per line: ``home``, ``inbox``, ``outbox``, ``day``; ``first`` makes it the
loading of history from that day on; ``records`` names the database and ``database`` are options
of the connection; ``setup`` makes the installation ready, and nothing else. ``acts`` is a list
of ``[module, name, when, nth]``: ``before`` or ``after`` the nth call of that function or method
the process dies by SIGKILL; ``vanish`` removes the inbox before that call. The answer is the exit
code of the child, or minus the signal that killed it, and its summary or words of failure.

The product has no hook for this; functions are wrapped here, in the child, before the run begins.
"""

import importlib
import itertools
import json
import os
import shutil
import signal
import sys
import traceback
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any


def disturbed(
    function: Callable[..., Any], *, when: str, nth: int, inbox: str
) -> Callable[..., Any]:
    """Wrap a function so that something happens around its nth call."""
    calls = itertools.count(1)

    def wrapped(*args: Any, **options: Any) -> Any:
        # Calls from two threads overlap, so each remembers which one it is.
        call = next(calls)
        if call == nth and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        if call == nth and when == "vanish":
            shutil.rmtree(inbox)
        answer = function(*args, **options)
        if call == nth and when == "after":
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    return wrapped


def arm(module_name: str, name: str, when: str, nth: int, *, inbox: str) -> None:
    """Wrap a function everywhere it is known by its name, or a method in its class."""
    owner: Any = importlib.import_module(module_name)
    *classes, last = name.split(".")
    for each in classes:
        owner = getattr(owner, each)
    function = getattr(owner, last)
    armed = disturbed(function, when=when, nth=nth, inbox=inbox)
    if classes:
        setattr(owner, last, armed)
        return
    for module in list(sys.modules.values()):
        if getattr(module, "__name__", "").startswith("dakehu") and (
            getattr(module, last, None) is function
        ):
            setattr(module, last, armed)


def run(order: dict[str, Any]) -> tuple[int, Any]:
    """Make one run in this process; return its exit code, and its summary or words."""
    from django.conf import settings
    from django.db import connections

    from dakehu.exchange.errors import UnableToRun
    from dakehu.exchange.jobs import nightly, orders, readiness, reporting

    settings.HOME = Path(order["home"])
    database = connections["default"].settings_dict
    database["NAME"] = order["records"]
    database["OPTIONS"] = {**database["OPTIONS"], **order.get("database", {})}
    if order.get("setup"):
        readiness.make_ready(settings.HOME, say=str)
        return 0, None
    for act in order.get("acts", []):
        arm(*act, inbox=order["inbox"])
    places = orders.Places(inbox=order["inbox"], outbox=order["outbox"])
    day = date.fromisoformat(order["day"])
    wanted = orders.night_of(day, places=places)
    if "first" in order:
        wanted = orders.history_of(date.fromisoformat(order["first"]), day, places=places)
    try:
        return 0, nightly.run(wanted, reporter=reporting.no_reporter())
    except UnableToRun as refusal:
        return int(refusal.exit_code), str(refusal)


def in_child(order: dict[str, Any]) -> dict[str, Any]:
    """Make one run in a child and tell how it ended."""
    said = Path(order["home"]).parent / "said.json"
    said.write_text("null", encoding="utf-8")
    child = os.fork()
    if child == 0:
        code: int = 1
        try:
            code, told = run(order)
            said.write_text(json.dumps(told), encoding="utf-8")
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    _pid, status = os.waitpid(child, 0)
    return {
        "code": os.waitstatus_to_exitcode(status),
        "told": json.loads(said.read_text(encoding="utf-8")),
    }


def main() -> None:
    """Answer orders until there are no more."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dakehu.config.settings")
    django.setup()
    # Everything is imported once; a child that is forked now starts at once.
    importlib.import_module("dakehu.exchange.jobs.nightly")
    for line in sys.stdin:
        sys.stdout.write(json.dumps(in_child(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
