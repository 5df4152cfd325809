"""Forms of the shell, and what every form that edits records is made of."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from dakehu.common.masking import Masked
from dakehu.ui import conflicts
from dakehu.ui.entry import trouble_of
from dakehu.ui.lists.addresses import Address
from dakehu.ui.navigation import known_url
from dakehu.ui.words import FEN_PER_YUAN

LONGEST_QUERY = 4000
MOST_YUAN = 10_000_000_000
# What a masked input sends that nobody has touched.
UNTOUCHED = object()


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, be it nothing; None for a form that is only asked for."""
    return request.POST if request.method == "POST" else None


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

    def get_invalid_login_error(self) -> forms.ValidationError:
        trouble = trouble_of(self.request)
        return forms.ValidationError(trouble) if trouble else super().get_invalid_login_error()


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


class TickBoxes(forms.CheckboxSelectMultiple):
    """A box and its words for each choice, side by side."""

    template_name = "ui/widgets/ticks.html"
    option_template_name = "django/forms/widgets/input.html"


class RadioChoices(forms.RadioSelect):
    """A circle and its words for each choice, side by side."""

    template_name = "ui/widgets/ticks.html"
    option_template_name = "django/forms/widgets/input.html"


class TickedField(forms.MultipleChoiceField):
    """Several codes to tick; its value is the text that keeps them, each between blanks."""

    widget = TickBoxes

    def prepare_value(self, value: Any) -> Any:
        return value.split() if isinstance(value, str) else value

    def clean(self, value: Any) -> Any:
        ticked = super().clean(self.prepare_value(value))
        kept = " ".join(code for code, _label in self.choices if code in ticked)
        return f" {kept} " if kept else ""


class PersonField(forms.ModelChoiceField):
    """A member of staff, named with their unit, and with what they carry where that is known."""

    loads: Mapping[int, str] = {}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"empty_label": _("Choose a person"), **options})

    def label_from_instance(self, staff: Any) -> str:
        words = f"{staff.name} · {staff.unit}"
        return f"{words} · {self.loads[staff.pk]}" if staff.pk in self.loads else words


class VersionedForm(forms.Form):
    """A form that edits a record and knows which version of it was on the screen (promise 8).

    Give it the record as ``instance`` or its version as ``initial``, and the version it sends
    back to the operation. On the page of a clash the person may let the other's value of a field
    stand; that is then the value of ``initial``.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        instance = getattr(self, "instance", None)
        if instance is not None and "version" not in self.initial:
            self.initial["version"] = instance.version
        for name, field in self.fields.items():
            # A disabled field takes its initial value, whatever was sent.
            field.disabled = field.disabled or conflicts.chose_theirs(self.data, name)

    @property
    def known_version(self) -> int:
        """The version that was on the screen; of a form that holds."""
        return int(self.cleaned_data["version"])


class MaskedInput(forms.TextInput):
    """An input that sends along what it showed, so that an untouched value is told from a new one.

    The stored value may have changed since: comparing with it would not do.
    """

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        shown = forms.HiddenInput().render(self.shown_name(name), self.format_value(value))
        return super().render(name, value, attrs, renderer) + shown

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        typed = super().value_from_datadict(data, files, name)
        shown = data.get(self.shown_name(name))
        return UNTOUCHED if shown is not None and typed == shown else typed

    def shown_name(self, name: str) -> str:
        """The name of the input that holds what was shown."""
        return f"{name}_shown"


class MaskedField(forms.CharField):
    """A personal value that is shown masked and kept unless somebody types another one.

    Nobody has to reveal a number to correct another field, and a masked value is never stored.
    """

    widget = MaskedInput
    HIDDEN = "*"

    def has_changed(self, initial: Any, data: Any) -> bool:
        return data is not UNTOUCHED and str(initial or "") != str(data or "")

    def bound_data(self, data: Any, initial: Any) -> Any:
        return initial if data is UNTOUCHED else data

    def to_python(self, value: Any) -> Any:
        return value if isinstance(value, Masked) else super().to_python(value)

    def run_validators(self, value: Any) -> None:
        super().run_validators(value.plain if isinstance(value, Masked) else value)

    def _clean_bound_field(self, bound: Any) -> Any:
        # Django passes the stored value to file fields only, by this very method.
        if self.disabled or not self.has_changed(bound.initial, bound.data):
            return self.clean(bound.initial)
        if self.HIDDEN in str(bound.data or ""):
            raise forms.ValidationError(_("Type the whole value, or leave it as it was."))
        return self.clean(bound.data)


class MaskedDayField(MaskedField):
    """A birthday that is shown without its year and kept unless somebody types another day."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, Masked | date) or value in self.empty_values:
            return value or None
        return forms.DateField().clean(value)

    def run_validators(self, value: Any) -> None:
        """A day that could be read needs no check of its length."""


class YuanField(forms.DecimalField):
    """An amount typed in yuan and kept in fen."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=0, max_value=MOST_YUAN, decimal_places=2, **options)
        self.widget.attrs.setdefault("inputmode", "decimal")

    def prepare_value(self, value: Any) -> Any:
        return f"{Decimal(value) / FEN_PER_YUAN:.2f}" if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        amount = super().clean(self.prepare_value(value))
        if amount is None:
            return None
        return int((amount * FEN_PER_YUAN).quantize(Decimal(1), rounding=ROUND_HALF_UP))
