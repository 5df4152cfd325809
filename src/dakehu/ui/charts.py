"""Chart options that look alike everywhere, and the geometry of sparklines.

An option is plain data for ECharts. Colours are named, not given: ``var(--dk-good)`` is replaced
in the browser by the theme's colour, so the same option serves light and dark.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

Option = dict[str, Any]
Values = Sequence[float | None]

GOOD, WARNING, BAD, QUIET = (
    "var(--dk-good)",
    "var(--dk-warning)",
    "var(--dk-bad)",
    "var(--dk-quiet)",
)
QUIET_INK = "var(--dk-ink-soft)"
MARKED_POINTS = 12
SHADES = 5
SPARK_WIDTH, SPARK_HEIGHT, SPARK_MARGIN = 100.0, 24.0, 2.0


def lines(labels: Sequence[str], series: Mapping[str, Values], *, unit: str = "") -> Option:
    """Return a line chart: one line per entry of ``series`` over the same labels."""
    drawn = [
        {"type": "line", "name": name, "data": list(values), "showSymbol": False, "smooth": 0.2}
        for name, values in series.items()
    ]
    return frame(labels, drawn, unit=unit)


def bars(
    labels: Sequence[str], series: Mapping[str, Values], *, unit: str = "", stacked: bool = False
) -> Option:
    """Return a bar chart; stacked bars show parts of a whole."""
    drawn = [
        {
            "type": "bar",
            "name": name,
            "data": list(values),
            "barMaxWidth": 28,
            **({"stack": "all"} if stacked else {}),
        }
        for name, values in series.items()
    ]
    return frame(labels, drawn, unit=unit)


def frame(labels: Sequence[str], drawn: list[Option], *, unit: str) -> Option:
    """Return what line and bar charts share: axes, tooltip, and a legend if it says anything."""
    return {
        "tooltip": {"trigger": "axis"},
        "legend": {"show": len(drawn) > 1, "top": 0},
        "grid": {"left": 8, "right": 12, "top": 34, "bottom": 4, "containLabel": True},
        "xAxis": {"type": "category", "data": list(labels)},
        "yAxis": {"type": "value", "name": unit},
        "series": drawn,
    }


def curves(
    series: Mapping[str, Sequence[tuple[float, float]]],
    *,
    x_name: str,
    y_name: str,
    guide: str = "",
    end: float | None = 100,
) -> Option:
    """Return curves over a measured axis in per cent; ``guide`` names the diagonal, if any.

    ``end`` is where both axes end; without it they end where the values do.
    """
    drawn: list[Option] = [
        {"type": "line", "name": name, "data": [list(pair) for pair in points], "symbolSize": 5}
        | {"showSymbol": len(points) <= MARKED_POINTS}
        for name, points in series.items()
    ]
    if guide:
        top = end or max((max(pair) for points in series.values() for pair in points), default=1)
        drawn.append(
            {
                "type": "line",
                "name": guide,
                "data": [[0, 0], [top, top]],
                "showSymbol": False,
                "lineStyle": {"type": "dashed", "color": QUIET},
                "itemStyle": {"color": QUIET},
            }
        )
    axis = {"type": "value", "min": 0, **({"max": end} if end else {})}
    return {
        "tooltip": {"trigger": "item"},
        "legend": {"show": True, "top": 0, "type": "scroll"},
        "grid": {"left": 14, "right": 18, "top": 56, "bottom": 26, "containLabel": True},
        "xAxis": {**axis, "name": x_name, "nameLocation": "middle", "nameGap": 26},
        # Beside its axis, a longer name would be cut off.
        "yAxis": {**axis, "name": y_name, "nameTextStyle": {"align": "left"}},
        "series": drawn,
    }


def ring(parts: Mapping[str, float], *, colors: Sequence[str] = ()) -> Option:
    """Return a ring of shares, in colours of their own where the parts have a meaning."""
    return {
        **({"color": list(colors)} if colors else {}),
        "tooltip": {"trigger": "item"},
        "legend": {"bottom": 0},
        "series": [
            {
                "type": "pie",
                "radius": ["52%", "74%"],
                "center": ["50%", "44%"],
                "label": {"show": False},
                "data": [{"name": name, "value": value} for name, value in parts.items()],
            }
        ],
    }


def calendar(
    values: Mapping[date, float],
    *,
    start: date,
    end: date,
    pieces: Sequence[Option],
    urls: Mapping[date, str] | None = None,
) -> Option:
    """Return a calendar heat map; ``pieces`` say which values have which label and colour.

    A piece is ``{"value": 2, "label": "Late", "color": charts.WARNING}`` or has ``min``/``max``.
    ``urls`` are where a click on a day leads.
    """
    led = urls or {}
    return {
        "tooltip": {"trigger": "item"},
        "visualMap": {
            "type": "piecewise",
            "orient": "horizontal",
            "left": "center",
            "bottom": 0,
            "pieces": list(pieces),
        },
        "calendar": {
            "range": [start.isoformat(), end.isoformat()],
            "cellSize": ["auto", "auto"],
            "top": 26,
            "bottom": 44,
            "left": 34,
            "right": 8,
            "yearLabel": {"show": False},
            "dayLabel": {"firstDay": 1},
        },
        "series": [
            {
                "type": "heatmap",
                "coordinateSystem": "calendar",
                "data": [
                    {"value": [day.isoformat(), value], "url": led.get(day, "")}
                    for day, value in sorted(values.items())
                ],
            }
        ],
    }


def shades(most: int) -> list[Option]:
    """Return pieces of a calendar for counts from 1 to ``most``, the more the darker."""
    step = max(-(-most // SHADES), 1)
    bounds = [(low, min(low + step - 1, most)) for low in range(1, most + 1, step)]
    return [
        {
            "min": low,
            "max": high,
            "label": f"{low}" if low == high else f"{low}–{high}",
            "color": BAD,
            "colorAlpha": round((place + 1) / len(bounds), 2),
        }
        for place, (low, high) in enumerate(bounds)
    ]


def spark_lines(values: Values) -> list[str]:
    """Return the points of a sparkline, one string per run of known values."""
    known = [value for value in values if value is not None]
    if not known:
        return []
    low, high = min(known), max(known)
    runs: list[list[str]] = [[]]
    for index, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append(spark_point(index, value, count=len(values), low=low, high=high))
    return [" ".join(run) for run in runs if run]


def spark_point(index: int, value: float, *, count: int, low: float, high: float) -> str:
    """Return one point as "x,y" within the sparkline's box; a flat line runs in the middle."""
    inner = SPARK_HEIGHT - 2 * SPARK_MARGIN
    x = SPARK_WIDTH * index / max(count - 1, 1)
    share = (value - low) / (high - low) if high > low else 0.5
    return f"{x:.1f},{SPARK_HEIGHT - SPARK_MARGIN - share * inner:.1f}"


@dataclass(frozen=True)
class Link:
    """One band of a flow chart: from where, to where, how many, and where a click leads."""

    source: str
    target: str
    value: float
    url: str = ""


def sankey(links: Sequence[Link], *, order: Sequence[str] = ()) -> Option:
    """Return a flow chart from the left to the right.

    ``order`` is that of the names, from the top. The same name may stand on both sides: on the
    right it gets an arrow.
    """

    def place(name: str) -> int:
        return list(order).index(name) if name in order else len(order)

    left = sorted({link.source for link in links}, key=place)
    right = sorted({link.target for link in links}, key=place)
    return {
        "tooltip": {"trigger": "item"},
        "series": [
            {
                "type": "sankey",
                "left": 8,
                "right": 96,
                "top": 8,
                "bottom": 8,
                "nodeGap": 12,
                "nodeWidth": 14,
                # Keeps the order from the top instead of moving nodes about.
                "layoutIterations": 0,
                "draggable": False,
                "emphasis": {"focus": "adjacency"},
                "label": {"color": QUIET_INK},
                "lineStyle": {"color": "gradient", "opacity": 0.35, "curveness": 0.5},
                "data": [
                    *({"name": name, "depth": 0} for name in left),
                    *({"name": f"→ {name}", "depth": 1} for name in right),
                ],
                "links": [
                    {
                        "source": link.source,
                        "target": f"→ {link.target}",
                        "value": link.value,
                        "url": link.url,
                    }
                    for link in links
                ],
            }
        ],
    }
