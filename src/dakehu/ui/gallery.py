"""Made-up values with which the gallery page shows every component once."""

import math
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from dakehu.ui import charts

DAYS = 30
CALENDAR_DAYS = 181


def examples(today: date) -> dict[str, Any]:
    """Return one value for each component of the gallery."""
    days = [today - timedelta(days=ago) for ago in range(DAYS, 0, -1)]
    labels = [f"{day:%m-%d}" for day in days]
    calls = [round(42 + 14 * math.sin(index / 4) - index / 2, 1) for index in range(DAYS)]
    data = [round(20 + 9 * math.cos(index / 5) + index / 3, 1) for index in range(DAYS)]
    return {
        "tones": ("neutral", "info", "success", "warning", "danger", "accent"),
        "line_option": charts.lines(labels, {_("Calls"): calls, _("Data traffic"): data}),
        "bar_option": charts.bars(labels[-8:], {_("Calls"): calls[-8:]}),
        "ring_option": charts.ring(
            {_("On time"): 92, _("Late"): 6, _("Missing"): 2},
            colors=(charts.GOOD, charts.WARNING, charts.BAD),
        ),
        "calendar_option": delivery_calendar(today),
        "falling": calls,
        "broken": [*data[:10], None, None, *data[12:]],
    }


def delivery_calendar(today: date) -> charts.Option:
    """Return half a year of deliveries: mostly on time, some late, a few missing."""
    start = today - timedelta(days=CALENDAR_DAYS)
    days = [start + timedelta(days=index) for index in range(CALENDAR_DAYS)]
    values = {day: 3.0 if day.day == 13 else 2.0 if day.day % 9 == 0 else 1.0 for day in days}
    pieces = [
        {"value": 1, "label": _("On time"), "color": charts.GOOD},
        {"value": 2, "label": _("Late"), "color": charts.WARNING},
        {"value": 3, "label": _("Missing"), "color": charts.BAD},
    ]
    return charts.calendar(values, start=start, end=today, pieces=pieces)
