"""The form with which to-dos are passed on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dakehu.people.queries import colleagues_of
from dakehu.ui.forms import PersonField


class HandOverForm(forms.Form):
    """To whom to-dos are passed on."""

    owner = PersonField(label=_("Pass on to"), queryset=None)

    def __init__(self, *args: Any, actor: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].queryset = colleagues_of(actor)  # type: ignore[attr-defined]
