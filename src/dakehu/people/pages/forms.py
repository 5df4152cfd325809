"""What stands around a form: its title, its groups of fields, the way back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class FormPage:
    """
    A form with its frame, for a page or the drawer.

    ``sections`` are pairs of a title and bound fields; a title may be empty. ``back`` is where
    *Cancel* leads. ``held`` tells what stands in the way, where something does.
    """

    title: str
    submit: str
    back: str
    sections: Sequence[tuple[Any, Sequence[Any]]] = ()
    icon: str = "device-floppy"
    hint: str = ""
    held: Sequence[Any] = field(default=())
    is_final: bool = False


def one_section(form: Any) -> list[tuple[str, list[Any]]]:
    """Return the visible fields of a form as one group without a title."""
    return [("", list(form.visible_fields()))]
