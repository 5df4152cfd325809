"""Personal values that show themselves masked unless someone asks for the plain one (promise 3).

A :class:`Masked` travels from the database through lists, pages, exports and logs. Whatever turns
it into text gets the masked form; the plain value has to be asked for by name, which is what the
audited *reveal* does.
"""

from enum import StrEnum


class PersonalKind(StrEnum):
    """What a personal value is, which decides how it is masked."""

    PHONE = "phone"
    IDENTITY = "identity"
    ADDRESS = "address"
    MAIL = "mail"
    BIRTHDAY = "birthday"


# How many characters at the head and at the tail of a value are shown.
SHOWN = {
    PersonalKind.PHONE: (3, 4),
    PersonalKind.IDENTITY: (2, 2),
    PersonalKind.ADDRESS: (6, 0),
    PersonalKind.BIRTHDAY: (0, 6),
}


def mask(kind: PersonalKind, plain: str) -> str:
    """
    Return ``plain`` with its identifying middle or end hidden; short values vanish whole.

    A birthday is given as ISO text and hides the year, so that it can still be kept.
    """
    if not plain:
        return ""
    if kind is PersonalKind.MAIL:
        name, at, domain = plain.partition("@")
        return hide(name, head=min(1, len(name) - 1), tail=0) + at + domain
    head, tail = SHOWN[kind]
    return hide(plain, head=head, tail=tail)


def hide(plain: str, *, head: int, tail: int) -> str:
    """Return ``plain`` with all but its first ``head`` and last ``tail`` characters starred."""
    if len(plain) <= head + tail:
        return "*" * len(plain)
    end = plain[len(plain) - tail :] if tail else ""
    return plain[:head] + "*" * (len(plain) - head - tail) + end


class Masked:
    """A personal value whose text form is masked.

    ``str``, ``format`` and ``repr`` give the masked form; :attr:`plain` gives the value itself.
    """

    __slots__ = ("kind", "plain")

    def __init__(self, plain: str, kind: PersonalKind) -> None:
        self.plain = plain
        self.kind = kind

    def __str__(self) -> str:
        return mask(self.kind, self.plain)

    __repr__ = __str__

    def __bool__(self) -> bool:
        return bool(self.plain)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Masked) and (self.plain, self.kind) == (other.plain, other.kind)

    def __hash__(self) -> int:
        return hash((self.plain, self.kind))
