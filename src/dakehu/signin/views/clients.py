"""Other systems that come in by a key, for the administrator; every act is recorded."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.audit.errors import EditedMeanwhile
from dakehu.people.policies import require
from dakehu.signin import operations, queries
from dakehu.signin.choices import CLIENT_TONES, ApiRight, ClientState
from dakehu.signin.errors import UnableToKeepClient
from dakehu.signin.filters import ClientFilter
from dakehu.signin.forms import ClientForm
from dakehu.signin.tables import ClientTable
from dakehu.ui import conflicts, lists
from dakehu.ui.forms import sent

PERMISSION = "api.manage"
UNPROCESSABLE = 422


def client_url(client: Any) -> str:
    """Return the address of another system."""
    return reverse("signin:client", args=[client.pk])


CLIENTS = lists.ListScreen(
    name="signin:client_list",
    title=gettext_lazy("Other systems"),
    permission=PERMISSION,
    rows=queries.clients_visible_to,
    table=ClientTable,
    filterset=ClientFilter,
    sorts={"name": ("name",), "expires": ("expires_at",)},
    default_sort="name",
    icon="plug-connected",
    help_text=gettext_lazy("Who may report here by a key, how far each reaches, and what it may."),
    empty_title=gettext_lazy("No other system comes in"),
    empty_text=gettext_lazy("Add one, and give its keeper the key that is then shown once."),
    row_url=client_url,
    actions=(
        lists.Action(gettext_lazy("Description"), "book-2", "api:openapi-view", PERMISSION),
        lists.Action(gettext_lazy("Add a system"), "plus", "signin:client_add", PERMISSION, True),
    ),
)


@require_GET
def client_list(request: HttpRequest) -> HttpResponseBase:
    """The other systems that have or had a key."""
    return lists.show(request, CLIENTS)


@require_GET
def client_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One other system."""
    require(request.user, PERMISSION)
    return show_client(request, pk)


def show_client(request: HttpRequest, pk: int, *, key: str = "") -> HttpResponse:
    """Show another system; a key given a moment ago is shown this once."""
    client = queries.get_client(request.user, pk)
    state = ClientState(client.state)
    context = {
        "client": client,
        "state": state.label,
        "tone": CLIENT_TONES[state],
        "rights": [ApiRight(right).label for right in client.rights],
        "is_revoked": state == ClientState.REVOKED,
        "key": key,
    }
    return render(request, "signin/client.html", context)


@require_http_methods(["GET", "POST"])
def client_add(request: HttpRequest) -> HttpResponse:
    """Let another system in, and show its key this once."""
    require(request.user, PERMISSION)
    form = ClientForm(sent(request), actor=request.user)
    if form.is_valid():
        try:
            made, key = operations.create_client(form.draft, by=request.user, at=timezone.now())
        except UnableToKeepClient as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            return show_client(request, made.pk, key=key)
    return show_form(request, form, title=_("Add a system"))


@require_http_methods(["GET", "POST"])
def client_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what another system may do, how far it reaches and until when."""
    require(request.user, PERMISSION)
    client = queries.get_client(request.user, pk)
    form = ClientForm(sent(request), client=client, actor=request.user)
    if form.is_valid():
        try:
            operations.change_client(
                client,
                form.draft,
                version=form.known_version,
                by=request.user,
                at=timezone.now(),
            )
        except EditedMeanwhile as clash:
            return conflicts.show(request, form, clash)
        except UnableToKeepClient as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Saved. It holds from the next request on."))
            return redirect("signin:client", pk)
    return show_form(request, form, title=_("Change the system"), client=client)


@require_POST
def client_renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Give another system a new key, and show it this once."""
    require(request.user, PERMISSION)
    client = queries.get_client(request.user, pk)
    key = operations.renew_key(client, by=request.user, at=timezone.now())
    return show_client(request, pk, key=key)


@require_POST
def client_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep another system out for good."""
    require(request.user, PERMISSION)
    client = queries.get_client(request.user, pk)
    operations.revoke_client(client, by=request.user, at=timezone.now())
    messages.success(request, _("Revoked. Its key opens nothing any more."))
    return redirect("signin:client", pk)


def show_form(request: HttpRequest, form: ClientForm, **context: Any) -> HttpResponse:
    """Answer with the form; with status 422 if it was sent and cannot stand."""
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "signin/client_form.html", {"form": form, **context}, status=status)
