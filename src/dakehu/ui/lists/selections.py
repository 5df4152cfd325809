"""Which rows a bulk action is about: those ticked, or all that match the filter."""

from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

from dakehu.ui.actors import actor_of
from dakehu.ui.lists.addresses import Address, whole_number
from dakehu.ui.lists.chips import chips_of
from dakehu.ui.lists.screens import ListScreen, screen_named

EVERY_MATCH = "filter"


def chosen(request: HttpRequest, screen: ListScreen) -> QuerySet[Any]:
    """Return the rows that a posted bulk action is about, within the actor's scope.

    :raises BadRequest: if the form names neither rows nor a filter that can be understood.
    """
    rows = screen.rows(actor_of(request))
    if request.POST.get("chosen") == EVERY_MATCH:
        return matching(request, screen, rows, QueryDict(request.POST.get("filter", "")))
    numbers = [whole_number(typed) for typed in request.POST.getlist("ids")]
    if not numbers or None in numbers:
        raise BadRequest("A bulk action names rows by their numbers.")
    return rows.filter(pk__in=numbers)


def posted_screen(request: HttpRequest, *names: str) -> ListScreen:
    """Return the list from which rows were chosen, one of those named; the first if none is told.

    For a bulk action that several lists offer.
    """
    told = request.POST.get("screen", "")
    return screen_named(told if told in names else names[0])


def choice_words(request: HttpRequest, screen: ListScreen) -> str:
    """Return in words how the rows of a posted bulk action were chosen; "" if one by one."""
    if request.POST.get("chosen") != EVERY_MATCH:
        return ""
    address = Address.of(QueryDict(request.POST.get("filter", "")))
    rows = screen.rows(actor_of(request)).none()
    filterset = screen.filterset(address.query, queryset=rows, request=request)
    filterset.is_valid()
    return "; ".join(f"{chip.label}: {chip.value}" for chip in chips_of(filterset.form, address))


def posted_choice(request: HttpRequest) -> list[tuple[str, str]]:
    """Return which rows a person chose, as a form repeats them with the answer to a question."""
    return [
        (name, value)
        for name in ("chosen", "filter", "ids", "next", "screen")
        for value in request.POST.getlist(name)
    ]


def matching(
    request: HttpRequest, screen: ListScreen, rows: QuerySet[Any], query: QueryDict
) -> QuerySet[Any]:
    """Return the rows that match the filter fields in ``query``.

    :raises BadRequest: if a field cannot be understood; a filter is never silently widened.
    """
    filterset = screen.filterset(Address.of(query).query, queryset=rows, request=request)
    if not filterset.is_valid():
        raise BadRequest("The filter of a bulk action cannot be understood.")
    return filterset.qs
