"""The interface for other systems: what the apps offer, under one roof and one description."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import conditional_page, require_GET
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from dakehu.alerts.api import router as alerts
from dakehu.cases.api import router as cases
from dakehu.opportunities.api import router as opportunities
from dakehu.people.policies import require
from dakehu.signin.api import KeyAuth
from dakehu.ui.api import Reference, answer_invalid, answer_refused, limit_body


def for_keepers(view: Any) -> Any:
    """Show the description to those who keep other systems."""

    def shown(request: HttpRequest, **options: Any) -> HttpResponse:
        require(request.user, "api.manage")
        response: HttpResponse = view(request, **options)
        return response

    return shown


api = NinjaAPI(
    title="Dakehu",
    version="1",
    description=(
        "What other systems report to Dakehu and ask of it. Every request carries the key that "
        "the administrator gave: Authorization: Bearer dk_…"
    ),
    urls_namespace="api",
    auth=KeyAuth(),
    docs=Reference(),
    docs_url="/docs/",
    docs_decorator=for_keepers,
)
# What has not changed since it was read is answered by 304 and no body.
api.add_decorator(conditional_page, mode="view")
api.add_decorator(limit_body, mode="view")
api.add_exception_handler(HttpError, answer_refused)
api.add_exception_handler(ValidationError, answer_invalid)
api.add_router("", alerts)
api.add_router("", cases)
api.add_router("", opportunities)


DESCRIPTIONS = frozenset({"api-root", "openapi-json", "openapi-view"})


def addresses() -> Any:
    """Return the addresses; what a key opens asks for no log-in, and for no token of a form."""
    patterns, app_name, namespace = api.urls
    for pattern in patterns:
        is_description = pattern.name in DESCRIPTIONS
        pattern.callback = (require_GET if is_description else login_not_required)(
            pattern.callback
        )
    return patterns, app_name, namespace
