"""How a view answers: a page or its fragment, a safe way back, and the caches told apart."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

VARY = ["HX-Request", "HX-Boosted", "HX-History-Restore-Request"]


def wants_fragment(request: HttpRequest) -> bool:
    """Tell whether this request swaps part of a page that is already on screen."""
    htmx = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def render_page(
    request: HttpRequest,
    page: str,
    fragment: str,
    context: Mapping[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """Render the whole page, or only its fragment when htmx asked for one."""
    template = fragment if wants_fragment(request) else page
    response = render(request, template, dict(context), status=status)
    patch_vary_headers(response, VARY)
    return response


def unlisted(response: HttpResponse, *, referrer: str = "no-referrer") -> HttpResponse:
    """
    Keep a page that a link opens out of caches, search engines and what other sites are told.

    A page with a form needs the referrer ``same-origin``: by it the form is known to be ours.
    """
    patch_cache_control(response, private=True, no_store=True)
    response["Referrer-Policy"] = referrer
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def safe_next(request: HttpRequest) -> str:
    """Return where the request says to go on, if that is a page of this site; else nothing."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_safe else ""


def back(request: HttpRequest, default_url_name: str, *args: Any) -> HttpResponse:
    """Go on to the checked ``next``, else to the named screen; after htmx the whole page moves."""
    url = safe_next(request) or resolve_url(default_url_name, *args)
    if wants_fragment(request):
        return HttpResponseClientRedirect(url)
    return HttpResponseRedirect(url)
