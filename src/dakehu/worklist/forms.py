"""The form with which to-dos are passed on."""

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from dakehu.ownership.queries import load_words
from dakehu.people.queries import colleagues_of
from dakehu.ui.forms import PersonField


class HandOverForm(forms.Form):
    """To whom to-dos are passed on."""

    owner = PersonField(label=_("Pass on to"), queryset=None)

    def __init__(self, *args: Any, actor: Any, **options: Any) -> None:
        # The form lies in the drawer beside a list whose filter has a field of the same name.
        super().__init__(*args, auto_id="hand_over_%s", **options)
        colleagues = colleagues_of(actor, permission="worklist.act")
        field: Any = self.fields["owner"]
        field.loads = load_words(actor, colleagues, on=localdate())
        field.queryset = colleagues
