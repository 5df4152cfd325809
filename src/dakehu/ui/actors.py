"""Who looks at a screen, as far as ``ui`` needs to know them."""

from typing import Any, Protocol

from django.http import HttpRequest


class Actor(Protocol):
    """The signed-in person: a name, a unit, a role in words, and what the role permits."""

    pk: int
    name: str
    unit: Any

    @property
    def is_authenticated(self) -> bool:
        """Tell whether this is somebody who has signed in."""
        ...

    def may(self, permission: str) -> bool:
        """Tell whether this person's role carries ``permission``."""
        ...

    def get_role_display(self) -> str:
        """Return the role in the language of the page."""
        ...


def actor_of(request: HttpRequest) -> Actor:
    """Return the person who sent ``request``; the log-in middleware lets nobody else pass."""
    return request.user  # type: ignore[return-value]
