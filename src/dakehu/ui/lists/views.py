"""How a list answers a request: the page, its refreshed body, or the workbook."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from dakehu.common.events import announce
from dakehu.ui import queries, words
from dakehu.ui.actors import actor_of
from dakehu.ui.events import RowsExported
from dakehu.ui.lists import exports, pages, releases
from dakehu.ui.lists.addresses import Address
from dakehu.ui.lists.screens import ListScreen
from dakehu.ui.responses import VARY, wants_fragment

EXCEL = "xlsx"


def show(
    request: HttpRequest,
    screen: ListScreen,
    *,
    template: str = "ui/lists/list.html",
    **context: Any,
) -> HttpResponseBase:
    """Answer a request for ``screen``: page, fragment or workbook.

    ``template`` may extend the engine's page; ``context`` is added to what it shows.

    :raises PermissionDenied: if the person may not open the list, or not take rows away.
    """
    actor = actor_of(request)
    if not actor.may(screen.permission):
        raise PermissionDenied(screen.permission)
    address = Address.of(request.GET)
    if address.get("export") == EXCEL:
        return export(request, screen, address)
    if not request.GET and (view := queries.default_view(actor, screen.name)):
        return HttpResponseRedirect(view.url)
    page = pages.list_page(request, screen, address)
    shown = "ui/lists/_refresh.html" if wants_fragment(request) else template
    response = render(request, shown, {**context, "page": page})
    patch_vary_headers(response, VARY)
    here = request.path + address.to()
    if wants_fragment(request) and here != request.htmx.current_url_abs_path:
        response["HX-Push-Url"] = here
    return response


def export(request: HttpRequest, screen: ListScreen, address: Address) -> HttpResponseBase:
    """Hand over the rows of the list as a workbook, and tell that they were taken.

    :raises PermissionDenied: if the person may not take rows of this list away.
    """
    actor = actor_of(request)
    if not screen.may_export(actor):
        raise PermissionDenied(screen.export_permission)
    if screen.personal:
        return ask_for_release(screen, address)
    content = pages.ListContent(request, screen, address)
    if not content.is_valid:
        messages.error(request, _("The filter could not be understood; nothing was exported."))
        return HttpResponseRedirect(address.to(export=""))
    at, cap = timezone.now(), settings.EXPORT_ROW_CAP
    is_cut = content.rows.order_by().values("pk")[: cap + 1].count() > cap
    table = content.table_of(content.ordered_rows(most=cap))
    columns = exports.exported_columns(table)
    head = exports.Head(
        title=str(screen.title),
        viewer=f"{actor.name} ({actor.unit})",
        at=at,
        filters=content.filter_words(),
        cut=cut_sentence(cap) if is_cut else "",
    )
    workbook, count = exports.workbook_of(head, columns, exports.lines_of(table, columns))
    announce(RowsExported(actor, screen.name, count, address.filters, at))
    name = f"{screen.title}-{timezone.localtime(at):%Y%m%d-%H%M}.xlsx"
    return FileResponse(workbook, as_attachment=True, filename=name)


def ask_for_release(screen: ListScreen, address: Address) -> HttpResponseBase:
    """Lead to the form on which the export of a personal list is asked for.

    :raises PermissionDenied: if no app keeps releases; personal data never leave without one.
    """
    url = releases.form_url(screen, address)
    if not url:
        raise PermissionDenied(screen.export_permission)
    return HttpResponseRedirect(url)


def cut_sentence(cap: int) -> str:
    """Return the sentence that tells a reader of the workbook that rows are missing."""
    return _("Cut off: only the first %(cap)s rows are here; narrow the filter for the rest.") % {
        "cap": words.number(cap)
    }
