"""A run's summary in words, for people at a terminal."""

from typing import Any

from django.utils.translation import gettext as _

from dakehu.exchange.choices import RunKind, StepName


def summary_in_words(summary: dict[str, Any]) -> str:
    """Return the summary as a few lines of text."""
    lines = [*delivery_lines(summary), *row_lines(summary)]
    if summary["kind"] == RunKind.NIGHTLY:
        lines += night_lines(summary)
    lines += step_lines(summary)
    return "\n".join(lines)


def delivery_lines(summary: dict[str, Any]) -> list[str]:
    """Say what was taken, refused, waited for, and who did not deliver."""
    counts = summary["deliveries"]
    lines = [
        _(
            "Deliveries: %(taken)s taken, %(partly)s of them in part, %(refused)s refused, "
            "%(already_taken)s already taken, %(incomplete)s incomplete."
        )
        % counts
    ]
    lines += [f"  {placed(entry)}" for entry in summary["refusals"]]
    lines += [f"  {entry['words']}" for entry in summary["incomplete"]]
    if summary["missing_cities"]:
        lines.append(
            _("Cities that did not deliver: %(cities)s.")
            % {"cities": _(", ").join(summary["missing_cities"])}
        )
    return lines


def placed(entry: dict[str, Any]) -> str:
    """Say what ails a delivery or a file, after the place where it lies."""
    file = entry.get("file") or ""
    parts = (entry.get("city"), str(entry.get("day") or "").replace("-", ""), file)
    place = "/".join(part for part in parts if part)
    # Some sentences begin with the file already.
    words = entry["words"]
    return words if not place or (file and file in words) else f"{place}: {words}"


def row_lines(summary: dict[str, Any]) -> list[str]:
    """Say how many rows came, counted and were sent back, and why."""
    rows, records = summary["rows"], summary["records"]
    lines = [
        _("Rows: %(delivered)s delivered, %(accepted)s accepted, %(rejected)s rejected.")
        % thousands(rows)
    ]
    lines += [f"  {reason}: {count:,}" for reason, count in rows["reasons"].items()]
    lines.append(
        _("Records: %(created)s created, %(updated)s updated, %(unchanged)s unchanged.")
        % thousands(records)
    )
    return lines


def night_lines(summary: dict[str, Any]) -> list[str]:
    """Say what was evaluated and what followed from it."""
    signals = _(", ").join(f"{rule} {count:,}" for rule, count in summary["signals"].items())
    return [
        _("Evaluated: %(count)s customers for %(days)s.")
        % {
            "count": f"{summary['evaluated']:,}",
            "days": _(", ").join(summary["evaluated_days"]),
        },
        _("Signals: %(signals)s.") % {"signals": signals or "0"},
        _(
            "Alerts: %(opened)s opened, %(updated)s updated, %(closed)s closed, "
            "%(withdrawn)s withdrawn."
        )
        % thousands(summary["alerts"]),
        _("To-dos: %(opened)s opened, %(closed)s closed. Standings changed: %(changed)s.")
        % thousands({**summary["todos"], **summary["standings"]}),
        summary["ranking"]["words"]
        or _("Ranked by the model: %(ranked)s customers.") % thousands(summary["ranking"]),
        *clock_lines(summary["clocks"]),
    ]


def clock_lines(clocks: dict[str, Any]) -> list[str]:
    """Say what the clocks raised, and warn of years whose holidays nobody has announced."""
    return [
        _("Clocks: %(raised)s notices raised, %(moved)s deadlines moved.") % thousands(clocks),
        *(
            _(
                "The holidays of %(year)s are not announced yet: %(count)s open deadlines in it "
                "are provisional."
            )
            % {"year": year, "count": f"{count:,}"}
            for year, count in clocks["provisional"].items()
        ),
    ]


def step_lines(summary: dict[str, Any]) -> list[str]:
    """Say how long each step took and how much memory it needed."""
    lines = [
        f"  {seconds_of(step['seconds'])}  {step['peak_kb'] // 1024:>6,} MB  "
        f"{StepName(step['step']).label}"
        for step in summary["steps"]
    ]
    return [_("Run %(run)s took %(seconds)s s:") % summary, *lines]


def seconds_of(seconds: float) -> str:
    """Return seconds, right-aligned."""
    return f"{seconds:>8,.1f} s"


def thousands(counts: dict[str, Any]) -> dict[str, Any]:
    """Return counts with separators of thousands."""
    return {
        name: f"{count:,}" if isinstance(count, int) else count for name, count in counts.items()
    }
