"""What is typed about the words of solutions (OP14)."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dakehu.channels.queries.wording import product_choices
from dakehu.opportunities.rules.papers import LONGEST_TEXT
from dakehu.opportunities.values import Wording
from dakehu.ui.forms import VersionedForm


class TemplateForm(VersionedForm):
    """The words of solutions; a version that follows keeps name and product."""

    name = forms.CharField(
        label=_("Name of the template"),
        max_length=60,
        help_text=_("For example: Leased line for branches"),
    )
    product = forms.ChoiceField(label=_("Product"), required=False)
    technical = forms.CharField(
        label=_("Technical part"), max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 10})
    )
    commercial = forms.CharField(
        label=_("Commercial part"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea({"rows": 6}),
    )

    def __init__(self, *args: Any, template: Any = None, is_kept: bool = False) -> None:
        self.instance = template if is_kept else None
        names = ("name", "product", "technical", "commercial")
        initial: dict[str, Any] = {"version": 0}
        if template is not None:
            initial |= {name: getattr(template, name) for name in names}
            initial["version"] = template.version if is_kept else 0
        super().__init__(*args, auto_id="template_%s", initial=initial)
        box: Any = self.fields["product"]
        box.choices = [("", _now("Any")), *product_choices()]
        for name in ("name", "product") if template is not None else ():
            self.fields[name].disabled = True

    @property
    def told(self) -> Wording:
        """What was typed; of a form that holds."""
        names = ("name", "product", "technical", "commercial")
        return Wording(**{name: self.cleaned_data[name] for name in names})
