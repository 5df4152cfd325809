"""Two people edited the same record: the page on which the second chooses field by field.

A view that saves a :class:`~dakehu.ui.forms.VersionedForm` catches the refusal of the operation
and answers with it::

    except EditedMeanwhile as clash:
        return conflicts.show(request, form, clash)

The page posts the same form again to the same address, with the version that is stored now and,
for every field, whose value shall stand.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise

from dakehu.ui.responses import render_page

CHOICE_PREFIX = "choose_"
THEIRS = "theirs"
YOURS = "yours"
CONFLICT_STATUS = 409


class ClashedField(Protocol):
    """One field that two people edited: its values in words, and who changed it."""

    name: str
    before: str
    theirs: str
    yours: str
    is_theirs: bool
    is_yours: bool


class Clash(Protocol):
    """A refused save: the version that is stored now, and the fields that differ."""

    version: int
    fields: Sequence[Any]


@dataclass(frozen=True)
class ConflictLine:
    """One line of the page: the field by its label, the three values, and what is preselected."""

    name: str
    label: str | Promise
    before: str
    theirs: str
    yours: str
    chosen: str

    @property
    def choice_name(self) -> str:
        """The name of the radio buttons."""
        return CHOICE_PREFIX + self.name


def show(request: HttpRequest, form: Form, clash: Clash) -> HttpResponse:
    """Show what clashes, as a page or inside the drawer, and let the person save again."""
    context = {
        "lines": [line_of(form, field) for field in clash.fields],
        "kept": list(sent_values(request, form, clash)),
        "address": request.get_full_path(),
    }
    return render_page(
        request, "ui/conflict.html", "ui/_conflict.html", context, status=CONFLICT_STATUS
    )


def line_of(form: Form, field: ClashedField) -> ConflictLine:
    """Return the line of a field; where both changed it nothing is preselected."""
    chosen = "" if field.is_theirs and field.is_yours else THEIRS if field.is_theirs else YOURS
    label = form[field.name].label if field.name in form.fields else field.name
    return ConflictLine(field.name, label, field.before, field.theirs, field.yours, chosen)


def sent_values(request: HttpRequest, form: Form, clash: Clash) -> Iterator[tuple[str, str]]:
    """Yield what the form sent, with the version that is stored now and without old choices."""
    version_name = form.add_prefix("version")
    for name, values in request.POST.lists():
        if name not in {version_name, "csrfmiddlewaretoken"} and not is_choice(name):
            yield from ((name, value) for value in values)
    yield version_name, str(clash.version)


def is_choice(name: str) -> bool:
    """Tell whether a sent name is one of the page's own choices."""
    return name.startswith(CHOICE_PREFIX)


def chose_theirs(data: Any, name: str) -> bool:
    """Tell whether the person lets the other's value of a field stand."""
    return bool(data) and data.get(CHOICE_PREFIX + name) == THEIRS
