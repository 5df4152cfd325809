"""Log-in, language, theme, and what a person keeps of a list."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import set_language

from dakehu.ui import entry, gallery, operations, themes
from dakehu.ui.actors import actor_of
from dakehu.ui.forms import ColumnSetForm, LogInForm, SavedViewForm
from dakehu.ui.responses import back, render_page, safe_next, wants_fragment


class LogIn(LoginView):
    """User name and password; then what upper apps still ask."""

    template_name = "ui/login.html"
    authentication_form = LogInForm
    redirect_authenticated_user = True

    def form_valid(self, form: LogInForm) -> HttpResponse:
        return entry.enter(self.request, form.get_user(), self.get_success_url())

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context, ways=entry.ways())


log_in = LogIn.as_view()
log_out = LogoutView.as_view()
# Keeps the choice in a cookie and goes back to the checked `next`.
language = login_not_required(set_language)


@login_not_required
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Switch to light, dark, or as the device says."""
    chosen = request.POST.get("theme", "")
    if chosen not in themes.THEMES:
        raise BadRequest("There is no such theme.")
    response = HttpResponse(status=204) if wants_fragment(request) else go_on(request)
    themes.keep_theme(response, chosen)
    return response


def go_on(request: HttpRequest) -> HttpResponse:
    """Return to where the person was; the start page if that is unknown."""
    return redirect(safe_next(request) or "/")


@require_POST
def view_save(request: HttpRequest) -> HttpResponse:
    """Keep the list as it stands under a name."""
    form = SavedViewForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The view was not saved: give it a name of up to 40 letters."))
        return go_on(request)
    view = operations.save_view(**form.cleaned_data, by=actor_of(request))
    messages.success(request, _("View “%(name)s” saved.") % {"name": view.name})
    return redirect(view.url)


@require_POST
def view_delete(request: HttpRequest, number: int) -> HttpResponse:
    """Drop one of the person's own saved views."""
    if operations.delete_view(number=number, by=actor_of(request)):
        messages.success(request, _("View deleted."))
    return go_on(request)


@require_POST
def columns_save(request: HttpRequest) -> HttpResponse:
    """Keep which columns of a list the person wants to see."""
    form = ColumnSetForm({**request.POST.dict(), "columns": request.POST.getlist("columns")})
    if not form.is_valid():
        raise BadRequest("There is no such list or column.")
    operations.choose_columns(**form.cleaned_data, by=actor_of(request))
    return go_on(request)


@require_GET
def gallery_page(request: HttpRequest) -> HttpResponse:
    """Show every component once: the living style guide."""
    if not actor_of(request).may("people.manage"):
        raise PermissionDenied("people.manage")
    return render(request, "ui/gallery.html", gallery.examples(timezone.localdate()))


@require_GET
def gallery_drawer(request: HttpRequest) -> HttpResponse:
    """Show what a drawer looks like; as a page when opened on its own."""
    if not actor_of(request).may("people.manage"):
        raise PermissionDenied("people.manage")
    return render_page(request, "ui/gallery_drawer.html", "ui/_gallery_drawer.html", {})


@require_POST
def gallery_act(request: HttpRequest) -> HttpResponse:
    """Answer a button of the gallery with a message, as every action does."""
    if not actor_of(request).may("people.manage"):
        raise PermissionDenied("people.manage")
    messages.success(request, _("Done: this is how an action reports back."))
    return back(request, "ui:gallery")
