"""Words, badges, icons, charts and form fields for templates."""

import json
from collections.abc import Sequence
from typing import Any

from django import forms, template
from django.core.serializers.json import DjangoJSONEncoder
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString

from dakehu.ui import charts, tables, words
from dakehu.ui.panels import Panel

register = template.Library()

register.filter("yuan", words.yuan)
register.filter("minutes", words.minutes)
register.filter("number", words.number)
register.filter("ym", words.month)


@register.filter("panel_url")
def panel_url(panel: Panel, subject_id: int) -> str:
    """Return where the content of a panel comes from."""
    return panel.url_for(subject_id)


@register.filter("badge")
def badge(text: Any, tone: str = "neutral") -> SafeString:
    """Show ``text`` as a badge: neutral, info, success, warning, danger or accent."""
    return tables.badge(text, tone)


@register.simple_block_tag
def captured(content: str) -> str:
    """Keep what stands inside under a name: a block may be printed only once, a name often."""
    return content


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """Draw a Tabler icon; it is decoration, so the words beside it must say the same."""
    return format_html('<i class="ti ti-{} {}" aria-hidden="true"></i>', name, extra)


@register.inclusion_tag("ui/components/chart.html")
def chart(chart_id: str, option: Any, label: str = "", height: str = "md") -> dict[str, Any]:
    """Draw a chart from an ECharts option; ``label`` says in words what it shows.

    Heights are sm, md, lg and xl.
    """
    return {
        "chart_id": chart_id,
        "option": json.dumps(option, cls=DjangoJSONEncoder),
        "label": label,
        "height": height,
    }


@register.inclusion_tag("ui/components/sparkline.html")
def sparkline(values: Sequence[float | None], label: str = "", tone: str = "") -> dict[str, Any]:
    """Draw values as a small line inside a text; gaps stay gaps."""
    runs = charts.spark_lines(values)
    return {
        "runs": runs,
        "end": runs[-1].rsplit(" ", 1)[-1].split(",") if runs else None,
        "label": label,
        "tone": tone,
        "width": charts.SPARK_WIDTH,
        "height": charts.SPARK_HEIGHT,
    }


@register.inclusion_tag("ui/components/field.html")
def field(bound: BoundField, css: str = "", compact: bool = False) -> dict[str, Any]:
    """Show a form field: label, control in the house's look, help and errors."""
    widget = bound.field.widget
    return {
        "field": bound,
        "control": bound.as_widget(attrs=control_attrs(bound)),
        "css": css,
        "compact": compact,
        "is_check": isinstance(widget, forms.CheckboxInput),
        "is_group": bound.use_fieldset,
    }


def control_attrs(bound: BoundField) -> dict[str, str | bool]:
    """Return the classes of a control, and what ties its error and help to it."""
    widget = bound.field.widget
    classes = [widget.attrs.get("class", ""), control_class(widget)]
    attrs: dict[str, str | bool] = {}
    if bound.errors:
        classes.append("is-invalid")
        attrs["aria-invalid"] = "true"
        attrs["aria-describedby"] = f"{bound.auto_id}_error"
    attrs["class"] = " ".join(filter(None, classes))
    return attrs


def control_class(widget: forms.Widget) -> str:
    """Return the look of a control by its kind."""
    if isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "form-check-input"
    return "form-select" if isinstance(widget, forms.Select) else "form-control"
