"""What the pages of the logs show beside their lists (P8, P10, promise 3)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.urls import reverse

from dakehu.audit.choices import SUBJECT_CLASSES, AccessVerb
from dakehu.audit.queries import accesses_of, look_words
from dakehu.people.queries import counts_by_subject

if TYPE_CHECKING:
    pass

LOOKS_SHOWN = 20
TONES = {"REVEALED": "warning", "EXPORTED": "danger", "SEARCHED": "info"}
# Records with a page of their own, on whatever floor.
PAGES = {
    "customers.customer": "desk:customer",
    "alerts.alert": "alerts:detail",
    "people.staff": "people:staff_file",
    "people.unit": "people:unit_page",
    "people.share": "people:share_page",
    "messaging.articleversion": "messaging:version",
}


@dataclass(frozen=True)
class Look:
    """One look at a record: when, by whom, what was seen and why."""

    access: Any
    verb: str
    tone: str
    words: str


@dataclass(frozen=True)
class LooksPanel:
    """Who looked at a record, the newest first, and where the whole list is."""

    looks: list[Look]
    url: str


@dataclass(frozen=True)
class ClassCount:
    """How many lines of the log belong to a class of work, and the filter that shows them."""

    title: str
    count: int
    about: str


def looks_panel(subject: Any) -> LooksPanel:
    """Gather who looked at a record that the actor may see."""
    found = list(accesses_of(subject)[:LOOKS_SHOWN])
    looks = [
        Look(
            access=each,
            verb=str(AccessVerb(each.verb).label),
            tone=TONES.get(each.verb, "neutral"),
            words=look_words(each.verb, each.detail),
        )
        for each in found
    ]
    about = f"subject={subject._meta.label_lower}&number={subject.pk}"
    return LooksPanel(looks, f"{reverse('people:access_list')}?{about}")


def class_counts(changes: QuerySet[Any]) -> list[ClassCount]:
    """Count the lines of a log by class of work, the largest first (P10)."""
    counts: dict[str, int] = {}
    for subject, count in counts_by_subject(changes).items():
        app = subject.partition(".")[0]
        counts[app] = counts.get(app, 0) + count
    ordered = sorted(counts.items(), key=lambda pair: -pair[1])
    return [ClassCount(str(SUBJECT_CLASSES.get(app, app)), count, app) for app, count in ordered]


def subject_url(entry: Any) -> str:
    """Return the page of what a line of the log is about; nothing if it has none."""
    name = PAGES.get(entry.subject_type)
    return reverse(name, args=[entry.subject_id]) if name and entry.subject_id else ""
