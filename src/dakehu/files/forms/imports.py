"""The file to bring in, and which of its columns means what."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dakehu.common.spreadsheets import column_letters
from dakehu.files.choices import ImportMode
from dakehu.files.rules.headings import folded
from dakehu.files.values import Head
from dakehu.ui.imports import ImportScreen
from dakehu.ui.imports.workbooks import reason_headings


@dataclass(frozen=True)
class ColumnLine:
    """A column of the file: where it stands, what it holds, and the choice of its field.

    ``is_ours`` marks what was added to a workbook of rejected rows.
    """

    letters: str
    heading: str
    samples: tuple[str, ...]
    choice: forms.BoundField
    is_ours: bool


ACCEPTED = ".xlsx,.ods,.csv,.txt"


class UploadForm(forms.Form):
    """The spreadsheet."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        widget=forms.FileInput({"accept": ACCEPTED}),
        help_text=_(
            "Excel workbook (.xlsx), OpenDocument (.ods), or CSV in UTF-8 or GB18030 (GBK)."
        ),
        error_messages={"empty": _("The file is empty. Download the template and fill it in.")},
    )


class AssignForm(forms.Form):
    """One choice of a field for each column of the file, and what the import may do."""

    mode = forms.ChoiceField(label=_("What the rows may do"), choices=ImportMode.choices)

    def __init__(self, head: Head, screen: ImportScreen, **options: Any) -> None:
        super().__init__(**options)
        self.head = head
        choices = [
            ("", _("Leave out")),
            *((each.name, each.title) for each in screen.all_fields()),
        ]
        for index, heading in enumerate(head.headings):
            if heading:
                self.fields[name_of(index)] = forms.ChoiceField(
                    label=heading, choices=choices, required=False
                )
        if not screen.may_create:
            del self.fields["mode"]

    def lines(self) -> list[ColumnLine]:
        """Return the columns that have a heading, each with its choice."""
        ours = {folded(each) for each in reason_headings()}
        return [
            ColumnLine(
                letters=column_letters(index),
                heading=heading,
                samples=tuple(
                    row[index] for row in self.head.samples if index < len(row) and row[index]
                ),
                choice=self[name_of(index)],
                is_ours=folded(heading) in ours,
            )
            for index, heading in enumerate(self.head.headings)
            if heading
        ]

    def mapping(self) -> dict[str, str]:
        """Return the field chosen for each heading."""
        chosen = {}
        for index, heading in enumerate(self.head.headings):
            if heading and (name := self.cleaned_data.get(name_of(index))):
                chosen[heading] = name
        return chosen


def name_of(index: int) -> str:
    """Return the name under which the choice of a column is sent."""
    return f"column_{index}"


def initial_choices(head: Head, mapping: Mapping[str, str], mode: str) -> dict[str, str]:
    """Return the form's choices for columns that are assigned already."""
    chosen = {
        name_of(index): mapping.get(heading, "") for index, heading in enumerate(head.headings)
    }
    return {**chosen, "mode": mode}
