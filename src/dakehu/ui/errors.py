"""Pages for what went wrong, in words and with a way out.

htmx gets a few words only: inside the slot it was filling, or as a toast when it was acting.
"""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers

from dakehu.ui.responses import VARY

# Targets that wait for content; elsewhere an error must not replace what is on screen.
SLOTS = ("panel-", "drawer")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400, or 413 to a form with more text than this site reads."""
    return answer(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    return answer(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form that was open too long, or came from elsewhere."""
    return answer(request, 403, template="ui/csrf_failure.html")


def too_large(request: HttpRequest) -> HttpResponse:
    """Answer 413 to what is larger than this site takes."""
    return answer(request, 413)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404."""
    return answer(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without touching the database, which may be what failed."""
    if request.headers.get("HX-Request"):
        return answer(request, 500)
    return HttpResponse(render_to_string("ui/server_error.html"), status=500)


def answer(request: HttpRequest, code: int, *, template: str = "ui/error.html") -> HttpResponse:
    """Render the page of an error, or only its words for htmx."""
    if not request.headers.get("HX-Request"):
        response = render(request, template, {"code": code}, status=code)
    elif request.headers.get("HX-Target", "").startswith(SLOTS):
        response = render(request, "ui/_error.html", {"code": code}, status=code)
    else:
        response = render(request, "ui/_error_toast.html", {"code": code}, status=code)
        response["HX-Retarget"] = "#toasts"
        response["HX-Reswap"] = "beforeend"
    patch_vary_headers(response, VARY)
    return response
