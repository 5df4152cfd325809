"""Filters and tags: words for figures, badges, sparklines, fields."""

import json
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from html import unescape

import pytest
from django import forms
from django.template import Context, Template

from dakehu.ui import charts, words
from dakehu.ui.filters import DayInput
from dakehu.ui.lists import chips
from dakehu.ui.tables import (
    InstantColumn,
    ListTable,
    MinutesColumn,
    MonthColumn,
    NumberColumn,
    YesNoColumn,
    badge,
)


def drawn(text, **context):
    return Template("{% load ui %}" + text).render(Context(context)).strip()


@pytest.mark.parametrize(
    ("word", "value", "shown"),
    [
        (words.yuan, 123450, "1,234.50"),
        (words.yuan, -5, "-0.05"),
        (words.yuan, 0, "0.00"),
        (words.minutes, 90, "1.5"),
        (words.number, 1234567, "1,234,567"),
        (words.month, 202611, "2026-11"),
    ],
)
def test_figures_are_worded(word, value, shown):
    assert word(value) == shown
    assert word(None) == word("") == ""


def test_filters_word_figures():
    assert drawn("{{ v|yuan }} {{ v|minutes }} {{ v|number }}", v=120) == "1.20 2.0 120"
    assert drawn("{{ v|ym }}", v=202601) == "2026-01"


def test_a_badge_has_a_known_tone_and_harmless_words():
    assert badge("<b>", "pink") == '<span class="badge tone-neutral">&lt;b&gt;</span>'
    assert drawn("{{ 'Open'|badge:'info' }}") == '<span class="badge tone-info">Open</span>'


def test_an_icon_is_decoration():
    assert drawn("{% icon 'home' 'big' %}") == '<i class="ti ti-home big" aria-hidden="true"></i>'


def test_a_sparkline_keeps_its_gaps():
    assert charts.spark_lines([0, 10, None, 5]) == ["0.0,22.0 33.3,2.0", "100.0,12.0"]
    assert charts.spark_lines([3, 3]) == ["0.0,12.0 100.0,12.0"]
    assert charts.spark_lines([None]) == charts.spark_lines([]) == []


def test_a_sparkline_is_drawn_without_script_or_style():
    svg = drawn("{% sparkline v label='Falling' tone='danger' %}", v=[3, 2, 1])

    assert svg.count("<polyline") == 1
    assert 'aria-label="Falling"' in svg
    assert "style" not in svg


def test_a_chart_hands_its_option_over_as_data():
    option = charts.bars(["</script>"], {"a": [1]}, unit="x", stacked=True)

    text = drawn("{% chart 'one' option label='Bars' %}", option=option)

    assert 'data-chart="{&quot;' in text
    assert "<script" not in text
    carried = json.loads(unescape(re.search(r'data-chart="([^"]*)"', text)[1]))
    assert carried["xAxis"]["data"] == ["</script>"]


def test_chart_options_name_their_series():
    line = charts.lines(["1", "2"], {"a": [1, None], "b": [2, 3]}, unit="min")
    heat = charts.calendar(
        {date(2026, 1, 2): 1},
        start=date(2026, 1, 1),
        end=date(2026, 2, 1),
        pieces=charts.shades(3),
    )

    assert [series["name"] for series in line["series"]] == ["a", "b"]
    assert line["legend"]["show"] is True
    assert heat["series"][0]["data"] == [{"value": ["2026-01-02", 1], "url": ""}]
    assert [each["label"] for each in heat["visualMap"]["pieces"]] == ["1", "2", "3"]
    assert charts.ring({"a": 1})["series"][0]["data"] == [{"name": "a", "value": 1}]


class ExampleForm(forms.Form):
    name = forms.CharField(help_text="Full name")
    kind = forms.ChoiceField(choices=[("a", "A"), ("Group", [("b", "B")])], required=False)
    agree = forms.BooleanField(required=False)
    day = forms.DateField(widget=DayInput, required=False)


def test_a_field_ties_label_control_and_error_together():
    text = drawn("{% field form.name %}", form=ExampleForm({}))

    assert '<label class="form-label required" for="id_name">' in text
    assert 'class="form-control is-invalid"' in text
    assert 'aria-describedby="id_name_error"' in text
    assert 'id="id_name_error" role="alert"' in text


def test_each_kind_of_control_has_its_look():
    form = ExampleForm({"name": "x", "day": "2026-01-02"})

    assert 'class="form-select"' in drawn("{% field form.kind %}", form=form)
    assert 'class="form-check-input"' in drawn("{% field form.agree %}", form=form)
    assert 'type="date"' in drawn("{% field form.day %}", form=form)
    assert 'value="2026-01-02"' in drawn("{% field form.day %}", form=form)


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        (ExampleForm().fields["kind"], "b", "B"),
        (ExampleForm().fields["kind"], "z", "z"),
        (forms.BooleanField(), False, "No"),
        (forms.CharField(), ["x", "y"], "x、y"),
        (forms.CharField(), slice(None, None), ""),
        (forms.CharField(), slice(None, 5), "– 5"),
        (forms.DateField(), date(2026, 1, 2), "2026-01-02"),
        (forms.CharField(), None, ""),
    ],
)
def test_a_filter_value_is_worded(english, field, value, shown):
    assert chips.in_words(field, value) == shown


class FigureTable(ListTable):
    count = NumberColumn()
    talk = MinutesColumn()
    month = MonthColumn()
    seen = InstantColumn()
    gone = YesNoColumn()


def test_columns_show_one_thing_and_export_another(english):
    seen = datetime(2026, 3, 1, 17, 5, tzinfo=UTC)
    row = {"count": 1234, "talk": 90, "month": 202603, "seen": seen, "gone": False}
    (line,) = FigureTable([row]).rows

    assert [str(cell) for cell in line] == ["1,234", "1.5", "2026-03", "2026-03-02 01:05", ""]
    values = [line.get_cell_value(name) for name in row]
    assert values == [1234, Decimal("1.5"), "2026-03", seen, "No"]


def test_missing_values_are_shown_as_a_dash_and_exported_as_nothing():
    (line,) = FigureTable([dict.fromkeys(FigureTable.base_columns)]).rows

    assert [str(cell) for cell in line] == ["—"] * 5
    assert line.get_cell_value("talk") is None
