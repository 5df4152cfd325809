"""The site with an example list beside it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import include, path
from tests.web.ui.screens import EXAMPLES

from dakehu.config.urls import (  # noqa: F401 - Django looks for the handlers here
    handler400,
    handler403,
    handler404,
    handler500,
)
from dakehu.config.urls import (
    urlpatterns as site,
)
from dakehu.ui import lists
from dakehu.ui.actors import actor_of
from dakehu.ui.responses import back


def example_list(request: HttpRequest) -> HttpResponse:
    return lists.show(request, EXAMPLES)


def example_detail(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(EXAMPLES.rows(actor_of(request)), pk=pk)
    return HttpResponse(f'<p id="example">{row.number}</p>')


def example_mark(request: HttpRequest) -> HttpResponse:
    names = lists.chosen(request, EXAMPLES).values_list("number", flat=True)
    messages.success(request, "Marked " + ", ".join(sorted(names)))
    return back(request, "examples:list")


examples = [
    path("", example_list, name="list"),
    path("<int:pk>/", example_detail, name="detail"),
    path("mark/", example_mark, name="mark"),
]
urlpatterns = [*site, path("examples/", include((examples, "examples")))]
