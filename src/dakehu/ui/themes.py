"""Light, dark, or as the device says: kept in a cookie, so it also holds before log-in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "dakehu_theme"
THEMES = ("auto", "light", "dark")
KEPT_SECONDS = 365 * 24 * 3600


def theme_of(request: HttpRequest) -> str:
    """Return the chosen theme; "auto" when none was chosen."""
    chosen = request.COOKIES.get(COOKIE, "")
    return chosen if chosen in THEMES else THEMES[0]


def keep_theme(response: HttpResponse, theme: str) -> None:
    """Keep a choice for a year. Scripts may read it: the switch works without a reload."""
    response.set_cookie(
        COOKIE, theme, max_age=KEPT_SECONDS, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
