"""
Where an open page is told that something cannot wait.

Behind a proxy the stream lies under the site's own address. `dakehu run` alone listens for it on a
port beside that of the site, which browsers take for another origin: the policy of the page then
has to name it.
"""

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port

STREAM_PATH = "/live/stream/"


def stream_url(request: HttpRequest) -> str:
    """Return the address of the stream as the page reaches it; nothing if there is none."""
    if settings.LIVE_URL:
        return str(settings.LIVE_URL)
    if not settings.LIVE_PORT:
        return ""
    # A page that came by TLS came through a proxy, which knows the way.
    return STREAM_PATH if request.is_secure() else stream_origin(request) + STREAM_PATH


def stream_origin(request: HttpRequest) -> str:
    """Return the origin of the port beside the site, by the name under which the site is open."""
    host, _port = split_domain_port(request.get_host())
    return f"http://{host}:{settings.LIVE_PORT}"
