"""What the shell of every page shows; nothing is looked up before a template asks."""

from functools import cached_property

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from dakehu.ui import navigation, streams
from dakehu.ui.actors import Actor
from dakehu.ui.themes import theme_of


class Shell:
    """The frame around a page, for the person who looks at it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def actor(self) -> Actor | None:
        """Return the person; nobody before log-in."""
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @property
    def watermark(self) -> str:
        """Return who looks: the name, and the staff number if there is one, else the log-in."""
        actor = self.actor
        if actor is None:
            return ""
        number = getattr(actor, "staff_no", None) or getattr(actor, "username", "")
        return f"{actor.name} {number}".strip()

    @cached_property
    def menu(self) -> list[navigation.MenuSection]:
        return navigation.menu_for(self.actor, self.request.path) if self.actor else []

    @property
    def theme(self) -> str:
        return theme_of(self.request)

    @property
    def language(self) -> str:
        return get_language() or settings.LANGUAGE_CODE

    @property
    def languages(self) -> list[tuple[str, str]]:
        """Return the languages, each named in itself."""
        return [("zh-hans", "简体中文"), ("en", "English")]

    @property
    def home_url(self) -> str:
        return navigation.known_url(navigation.HOME_URL) or "/"

    @property
    def search_url(self) -> str:
        return navigation.known_url(navigation.SEARCH_URL)

    @property
    def suggestions_url(self) -> str:
        return navigation.known_url(navigation.SUGGESTIONS_URL)

    @property
    def badge_url(self) -> str:
        return navigation.known_url(navigation.BADGE_URL)

    @property
    def todos_url(self) -> str:
        return navigation.known_url(navigation.TODOS_URL)

    @property
    def account_url(self) -> str:
        return navigation.known_url(navigation.ACCOUNT_URL)

    @property
    def presence_url(self) -> str:
        return navigation.known_url(navigation.PRESENCE_URL)

    @property
    def news_url(self) -> str:
        """Return where a page asks what rings; nothing for those who have no to-dos."""
        may_hear = self.actor is not None and self.actor.may("worklist.view")
        return navigation.known_url(navigation.NEWS_URL) if may_hear else ""

    @property
    def stream_url(self) -> str:
        """Return where the page is told that something rings; nothing if there is no stream."""
        return streams.stream_url(self.request)

    @property
    def idle_minutes(self) -> int:
        """Return after how many minutes without anybody at the screen the session ends."""
        return settings.IDLE_MINUTES


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Give every template the ``shell``."""
    return {"shell": Shell(request)}
