"""Custom fields as inputs: in the forms of customers, and in the form that defines one (F10)."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dakehu.customers import queries
from dakehu.customers.choices import CustomerKind, FieldType
from dakehu.customers.forms.inputs import ReasonField
from dakehu.customers.models import Customer, CustomField, Product
from dakehu.customers.values import CustomContent
from dakehu.ui.filters import DayInput
from dakehu.ui.forms import VersionedForm

PREFIX = "custom_"
LONGEST_TEXT = 500
MOST_OPTIONS = 50
YES_NO = (("", _("Not known")), ("yes", _("Yes")), ("no", _("No")))
ANSWERS = {"yes": True, "no": False, "": None, "True": True, "False": False}


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or not known."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=YES_NO, coerce=ANSWERS.get, empty_value=None, **options)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no", None: ""}.get(value, value)


def input_for(field: CustomField, content: CustomContent) -> forms.Field:
    """Return the input of a custom field; an option that was withdrawn since stays choosable."""
    options: dict[str, Any] = {
        "label": queries.label_in(field, get_language() or ""),
        "help_text": field.help_text,
        "required": field.is_required,
    }
    if field.type == FieldType.NUMBER:
        return forms.DecimalField(max_digits=18, decimal_places=4, **options)
    if field.type == FieldType.DATE:
        return forms.DateField(widget=DayInput, **options)
    if field.type == FieldType.YES_NO:
        return YesNoField(**options)
    if field.type == FieldType.CHOICE:
        known = [str(each) for each in field.options]
        extra = [str(content)] if content and str(content) not in known else []
        named = [(each, each) for each in [*known, *extra]]
        return forms.ChoiceField(choices=[("", _("Not known")), *named], **options)
    return forms.CharField(max_length=LONGEST_TEXT, **options)


class CustomInputs:
    """The custom fields of a kind of customer, laid into a form and read from it."""

    def __init__(self, kind: CustomerKind | str, customer: Customer | None = None) -> None:
        self.fields: Iterable[CustomField] = list(queries.custom_fields(kind))
        self.contents = queries.custom_contents(customer) if customer else {}

    def lay_into(self, form: forms.Form) -> None:
        """Add an input for every field, with what the customer has in it."""
        for field in self.fields:
            content = self.contents.get(field.pk)
            form.fields[PREFIX + field.key] = input_for(field, content)
            form.initial.setdefault(PREFIX + field.key, content)

    def read_from(self, form: forms.Form) -> dict[str, CustomContent]:
        """Return what was typed, by the field's key."""
        names = {field.key: PREFIX + field.key for field in self.fields}
        return {key: form.cleaned_data[name] for key, name in names.items()}


class CustomValuesForm(VersionedForm):
    """What a customer has in the fields that the operator added."""

    def __init__(self, *args: Any, customer: Customer, **options: Any) -> None:
        self.inputs = CustomInputs(customer.kind, customer)
        initial = {"version": customer.version, **options.pop("initial", {})}
        super().__init__(*args, auto_id="detail_%s", initial=initial, **options)
        self.inputs.lay_into(self)

    @property
    def contents(self) -> dict[str, CustomContent]:
        """What was typed, by the field's key."""
        return self.inputs.read_from(self)


class CustomFieldForm(VersionedForm, forms.ModelForm):
    """A custom field: for which customers, what it is called, what it holds."""

    options = forms.CharField(
        label=_("Options"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Of a choice: one option per line, in the order in which they are offered."),
    )

    class Meta:
        model = CustomField
        fields = ("kind", "type", "label", "label_en", "options", "is_required", "help_text")
        labels = {
            "kind": _("Kind of customer"),
            "type": _("Holds"),
            "label": _("Field name"),
            "label_en": _("English name"),
            "is_required": _("Must be filled in"),
            "help_text": _("Help"),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="detail_%s", **options)
        self.initial["options"] = "\n".join(self.instance.options or ())
        if self.instance._state.adding:
            self.initial["type"] = self.initial.get("type") or FieldType.TEXT
        else:
            for name in ("kind", "type"):
                self.fields[name].disabled = True
                self.fields[name].help_text = _("Stays as it is: values depend on it.")

    def clean_options(self) -> list[str]:
        lines = (line.strip() for line in self.cleaned_data["options"].splitlines())
        options = list(dict.fromkeys(line for line in lines if line))
        if len(options) > MOST_OPTIONS or any(len(each) > LONGEST_TEXT for each in options):
            raise forms.ValidationError(_("At most 50 options, each at most 500 characters."))
        return options


class ProductForm(VersionedForm, forms.ModelForm):
    """What a product code of the files is called."""

    class Meta:
        model = Product
        fields = ("code", "name", "name_en", "is_sticky")
        labels = {
            "code": _("Code"),
            "name": _("Product name"),
            "name_en": _("English name"),
            "is_sticky": _("Sticky product: shown on every individual, held or not"),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="detail_%s", **options)
        if not self.instance._state.adding:
            self.fields["code"].disabled = True


class ReasonForm(forms.Form):
    """Why a customer is retired, brought back or removed."""

    reason = ReasonField(help_text=_("Kept with the change, for whoever looks later."))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="detail_%s", **options)
