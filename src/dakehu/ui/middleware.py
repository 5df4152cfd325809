"""What requests and answers need: a size, kept by nobody; by htmx: toasts, a way to log-in."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control
from django_htmx.http import HttpResponseClientRedirect

from dakehu.ui import errors, streams

BYTES_PER_MB = 1024 * 1024
LEAVES = ("HX-Redirect", "HX-Refresh", "HX-Location")
Answer = Callable[[HttpRequest], HttpResponse]


class UploadLimitMiddleware:
    """Turns away what is larger than any form or file of this site, before a byte of it is read.

    A body without a stated length counts as empty under WSGI, so the stated length is enough.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        stated = request.META.get("CONTENT_LENGTH") or "0"
        if stated.isdigit() and int(stated) > settings.UPLOAD_MB * BYTES_PER_MB:
            return errors.too_large(request)
        return self.get_response(request)


class UnkeptMiddleware:
    """Keeps what a signed-in person was shown out of every cache, also of a shared computer's."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            patch_cache_control(response, private=True, no_store=True)
        return response


class StreamMiddleware:
    """Lets a page's policy name the origin of its stream, where that is not the page's own."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        url = streams.stream_url(request) if request.user.is_authenticated else ""
        if url.startswith("http"):
            origin = "/".join(url.split("/")[:3])
            response._csp_update = {"connect-src": ["'self'", origin]}  # type: ignore[attr-defined]
        return response


class FragmentMiddleware:
    """Completes fragments.

    1. A person whose session ended is sent to the log-in page as a whole; the log-in form never
       appears inside a panel.
    2. Messages that the view left ride along out of band, so that an action by htmx reports back
       like any other. They wait for the next page if the browser is about to leave this one.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.headers.get("HX-Request"):
            return response
        if is_log_in(response):
            return to_log_in(request)
        if carries_toasts(response) and (toasts := get_messages(request)):
            response.content += render_to_string(
                "ui/_toasts_oob.html", {"messages": toasts}, request
            ).encode()
        return response


def is_log_in(response: HttpResponse) -> bool:
    """Tell whether ``response`` sends the person to the log-in page."""
    login_url = resolve_url(settings.LOGIN_URL)
    return response.status_code == 302 and response.headers["Location"].startswith(login_url)


def to_log_in(request: HttpRequest) -> HttpResponse:
    """Move the whole page to log-in, and back afterwards to where the person was."""
    details = request.htmx  # type: ignore[attr-defined]
    here = details.current_url_abs_path or "/"
    url = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({REDIRECT_FIELD_NAME: here})}"
    return HttpResponseClientRedirect(url)


def carries_toasts(response: HttpResponse) -> bool:
    """Tell whether ``response`` is HTML that will be swapped into the page."""
    if response.streaming or response.status_code in {204, 304} or response.status_code >= 400:
        return False
    is_html = response.headers.get("Content-Type", "").startswith("text/html")
    is_redirect = 300 <= response.status_code < 400
    return is_html and not is_redirect and not any(name in response.headers for name in LEAVES)
