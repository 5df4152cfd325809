"""Forms of the shell: log-in, saved views, chosen columns."""

import re
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from dakehu.ui.lists.addresses import Address
from dakehu.ui.navigation import known_url

LONGEST_QUERY = 4000


class LogInForm(AuthenticationForm):
    """User name and password."""

    error_messages = {
        "invalid_login": _("User name or password is wrong. After 5 failures you must wait."),
        "inactive": _("This account is closed. Ask your administrator."),
    }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["username"].label = _("User name")
        self.fields["password"].label = _("Password")


class ScreenField(forms.CharField):
    """The URL name of an existing list."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=80, **options)

    def validate(self, value: str) -> None:
        super().validate(value)
        if not known_url(value):
            raise forms.ValidationError(_("There is no such list."))


class SavedViewForm(forms.Form):
    """A name for the list as it stands."""

    screen = ScreenField(widget=forms.HiddenInput)
    query = forms.CharField(max_length=LONGEST_QUERY, required=False, widget=forms.HiddenInput)
    name = forms.CharField(max_length=40, label=_("Name of the view"))
    is_default = forms.BooleanField(required=False, label=_("Open this list with it"))

    def clean_query(self) -> str:
        """Keep filter, order, columns and size; not the place in the list."""
        return Address.of(QueryDict(self.cleaned_data["query"])).kept_query


class NamesField(forms.Field):
    """Several ticked names, none of them longer than a name can be."""

    widget = forms.SelectMultiple
    MOST = 80

    def clean(self, value: Any) -> list[str]:
        names = list(value or [])
        if len(names) > self.MOST or not all(re.fullmatch(r"\w{1,60}", name) for name in names):
            raise forms.ValidationError(_("There is no such column."))
        return names


class ColumnSetForm(forms.Form):
    """The columns to show; none means the list's own choice. Unknown names are ignored there."""

    screen = ScreenField(widget=forms.HiddenInput)
    columns = NamesField(required=False)


class PersonField(forms.ModelChoiceField):
    """A member of staff, named with their unit."""

    def label_from_instance(self, staff: Any) -> str:
        return f"{staff.name} · {staff.unit}"
