"""How the screens of people show a form: as a page, or in the drawer."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from dakehu.people.pages.forms import FormPage
from dakehu.ui.responses import render_page

UNPROCESSABLE = 422


def show_form(request: HttpRequest, form: Any, page: FormPage) -> HttpResponse:
    """Answer with a form in its frame; with status 422 if it was sent and cannot stand."""
    context = {"form": form, "page": page, "address": request.get_full_path()}
    status = UNPROCESSABLE if form.errors else 200
    return render_page(request, "people/form.html", "people/_form.html", context, status=status)


def refuse(form: Any, refusal: Any) -> None:
    """Put a refusal at the field where it was caused, else above the form."""
    name = getattr(refusal, "field", None)
    form.add_error(name if name in form.fields else None, str(refusal))
