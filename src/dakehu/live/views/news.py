"""What rings for the person at an open page: asked when the stream says so, or now and then."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from dakehu.live import pages, queries
from dakehu.live.rules import SHOWN, still_heard, unheard
from dakehu.people.policies import require

HEARD = "live_heard"


@require_GET
def news(request: HttpRequest) -> HttpResponse:
    """What rings and was not heard in this session yet, as toasts; nothing most of the time."""
    require(request.user, "worklist.view")
    rings = queries.fresh_rings(request.user, at=timezone.now())
    fresh = [ring.pk for ring in rings]
    heard = request.session.get(HEARD, [])
    new = unheard(fresh, heard)
    if (kept := still_heard(fresh, [*heard, *new])) != heard:
        request.session[HEARD] = kept
    if not new:
        return HttpResponse(status=204)
    lines = pages.ring_lines(ring for ring in rings if ring.pk in new)
    context = {"lines": lines[:SHOWN], "more": len(lines) - SHOWN}
    return render(request, "live/_news.html", context)
