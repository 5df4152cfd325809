"""The forms of to-dos and of the work log."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dakehu.customers.queries import customer_named
from dakehu.ownership.queries import load_words
from dakehu.people.queries import colleagues_of
from dakehu.ui.forms import PersonField, VersionedForm
from dakehu.worklist import queries
from dakehu.worklist.models import WorkCategory, WorkEntry

MINUTES_OF_DAY = 24 * 60


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


class DoneAtInput(forms.DateTimeInput):
    """The browser's own picker of day and time."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class CategoryField(forms.ModelChoiceField):
    """A class of work, named in the language of the page."""

    def label_from_instance(self, category: Any) -> str:
        return queries.category_label(category, get_language() or "")


class WorkForm(VersionedForm, forms.ModelForm):
    """What somebody did: when, of which class, for whom, how long."""

    category = CategoryField(
        label=_("Class of work"), queryset=None, empty_label=_("Choose a class")
    )
    customer_number = forms.CharField(
        label=_("Customer"),
        required=False,
        max_length=64,
        help_text=_("Number or telephone number; leave it empty for work without a customer."),
    )

    class Meta:
        model = WorkEntry
        fields = ("category", "at", "minutes", "text")
        labels = {"at": _("Done at"), "minutes": _("Minutes"), "text": _("Content of the work")}
        widgets = {"at": DoneAtInput(), "text": forms.Textarea({"rows": 4})}

    field_order = ("category", "at", "customer_number", "minutes", "text")

    def __init__(self, *args: Any, actor: Any, customer: Any = None, **options: Any) -> None:
        # The form lies in the drawer beside a list whose filter has fields of the same names.
        super().__init__(*args, auto_id="work_%s", **options)
        self.actor = actor
        self.instance.customer = self.instance.customer or customer
        self.order_fields(self.field_order)
        offered = queries.categories()
        if self.instance.pk:
            offered = queries.all_categories().filter(
                Q(removed_at__isnull=True) | Q(pk=self.instance.category_id)
            )
        self.fields["category"].queryset = offered  # type: ignore[attr-defined]
        minutes: Any = self.fields["minutes"]
        minutes.min_value, minutes.max_value = 1, MINUTES_OF_DAY
        minutes.validators += [MinValueValidator(1), MaxValueValidator(MINUTES_OF_DAY)]
        minutes.widget.attrs.update(min=1, max=MINUTES_OF_DAY)
        if self.instance.customer:
            self.initial.setdefault("customer_number", self.instance.customer.number)

    def clean_customer_number(self) -> str:
        typed = self.cleaned_data["customer_number"].strip()
        known = self.instance.customer
        if not typed:
            self.instance.customer = None
        elif known is None or typed != known.number:
            found = customer_named(self.actor, typed)
            if found is None:
                raise forms.ValidationError(
                    _("No customer within your reach has this number. Check it.")
                )
            self.instance.customer = found
        return typed


class CategoryForm(VersionedForm, forms.ModelForm):
    """What a class of work is called."""

    class Meta:
        model = WorkCategory
        fields = ("name", "name_en")
        labels = {"name": _("Name"), "name_en": _("English name")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="work_%s", **options)
