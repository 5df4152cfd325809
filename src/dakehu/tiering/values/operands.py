"""What else than measures a condition may compare, and whom conditions are asked of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

Labels = Mapping[str | int, str]
DECIMALS = 10_000
"""Decimals are compared as so many times themselves, as conditions know whole numbers alone."""


def no_labels() -> Labels:
    """Return that values speak for themselves."""
    return {}


@dataclass(frozen=True)
class Operand:
    """
    A field of the records that conditions compare like a measure.

    ``form`` is ``text``, ``number``, ``decimal`` (:data:`DECIMALS`) or ``day`` (20260131).
    ``told`` gives the values that people know by a name, and their names.
    """

    code: str
    name: str
    name_en: str
    form: str = "text"
    told: Callable[[], Labels] = field(default=no_labels, compare=False)

    @property
    def is_text(self) -> bool:
        """Whether its values are words, which conditions can only look up in lists."""
        return self.form == "text"

    @cached_property
    def labels(self) -> Labels:
        """The names of its values; nothing where values speak for themselves."""
        return self.told()


@dataclass(frozen=True)
class Whom:
    """Whom conditions are asked of: a kind of scheme, and whether prospects count among groups."""

    kind: str
    with_prospects: bool = False
