"""Values of signing in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

# What a session keeps of how it began, and of who is there.
METHOD = "sign_in_method"
IS_PROVED_TWICE = "sign_in_proved_twice"
PROVED_AT = "sign_in_proved_at"
SEEN_AT = "sign_in_seen_at"
WAITING = "sign_in_waiting"
APP_SECRET = "sign_in_app_secret"  # noqa: S105 - a name, not the secret itself


@dataclass(frozen=True)
class Entrance:
    """How somebody came in: by what, from where, with which program, proved once or twice."""

    method: str
    address: str | None
    user_agent: str
    is_proved_twice: bool


@dataclass(frozen=True)
class Device:
    """What a session runs on, as far as the browser tells: names of program and system."""

    browser: str
    system: str


@dataclass(frozen=True)
class PasswordState:
    """What decides whether a password may still be used."""

    must_change: bool
    changed_at: datetime | None
    days_valid: int


@dataclass(frozen=True)
class Passkey:
    """A passkey as its owner knows it: its name, since when, last used when."""

    pk: int
    name: str
    created_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True)
class Factors:
    """The second factors of a person: an authenticator app since when, passkeys, codes left."""

    app_since: datetime | None
    app_used_at: datetime | None
    passkeys: tuple[Passkey, ...]
    codes_left: int

    @property
    def is_any(self) -> bool:
        """Tell whether there is a second factor; recovery codes alone are none."""
        return bool(self.app_since or self.passkeys)


@dataclass(frozen=True)
class Claims:
    """Who somebody is according to the single sign-on: its lasting number, and what it tells."""

    subject: str
    told: Mapping[str, Any]


@dataclass(frozen=True)
class ClientDraft:
    """What the administrator says of another system; ``expires_at`` is exclusive."""

    name: str
    unit: Any
    rights: frozenset[str]
    per_minute: int
    expires_at: datetime | None = None
    note: str = ""
