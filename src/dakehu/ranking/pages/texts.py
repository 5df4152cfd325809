"""The card of a model as a text in Markdown, to be taken away and kept (W10)."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dakehu.ranking.pages.models import ModelPage


def card_text(page: ModelPage) -> str:
    """Return the card in the language of whoever asks."""
    return "\n".join(
        line for part in (head, results, bands, inputs, making) for line in part(page)
    )


def head(page: ModelPage) -> Iterator[str]:
    """Yield what the model is, where it stands, who decided, and what to bear in mind."""
    model = page.model
    yield "# " + _("Ranking model %(number)s") % {"number": model.number}
    yield ""
    words = _("How likely a managed customer is to leave within %(horizon)s days")
    said = words % {"horizon": model.horizon}
    yield f"{said}."
    yield ""
    yield point(_("State"), page.state)
    yield point(_("Trained at"), instant(model.trained_at))
    for words, person, at in (
        (_("Proposed by"), model.proposed_by, model.proposed_at),
        (_("Published by"), model.published_by, model.published_at),
        (_("Retired by"), model.retired_by, model.retired_at),
    ):
        if person is not None:
            yield point(words, f"{person} ({instant(at)})")
    if model.remark:
        yield point(_("Why it shall rank"), model.remark)
    yield ""
    for words in page.remarks:
        yield f"> {words}"
        yield ""


def results(page: ModelPage) -> Iterator[str]:
    """Yield how the model did beside what it is held against."""
    yield "## " + _("Examined on the same days")
    yield ""
    yield from table(
        ("", _("ROC AUC"), _("PR AUC"), _("Lift of the top tenth"), _("Brier")),
        ((each.words, each.roc_auc, each.pr_auc, each.lift, each.brier) for each in page.results),
    )


def bands(page: ModelPage) -> Iterator[str]:
    """Yield the calibration table."""
    yield "## " + _("Foretold and happened, by tenths")
    yield ""
    yield from table(
        (_("Customers"), _("Foretold"), _("Happened")),
        ((f"{each.count:,}", each.foretold, each.happened) for each in page.bands),
    )


def inputs(page: ModelPage) -> Iterator[str]:
    """Yield what mattered most."""
    yield "## " + _("What mattered most")
    yield ""
    rows = ((bar.words, bar.value) for bar in page.importance)
    yield from table((_("Input"), _("Its share")), rows)


def making(page: ModelPage) -> Iterator[str]:
    """Yield the days, the counts, how it was made, and its limits."""
    yield "## " + _("What it was made of")
    yield ""
    yield from table(
        (
            _("Days"),
            _("From"),
            _("To"),
            _("Days taken"),
            _("Customers by day"),
            _("Left"),
            _("Its share"),
        ),
        (
            (
                each.words,
                each.first.isoformat(),
                each.last.isoformat(),
                str(each.days),
                f"{each.people:,}",
                f"{each.left:,}",
                each.share,
            )
            for each in page.parts
        ),
    )
    yield page.making_words
    yield ""
    yield page.history_words
    yield ""
    yield _(
        "Limits: it knows the inputs of this system and nothing else, speaks about managed "
        "customers only, foretells what happened before under the circumstances of then, and says "
        "what goes with leaving, not what causes it. It puts customers in order beside the "
        "warnings and replaces none of them."
    )
    yield ""


def point(words: str, value: str) -> str:
    """Return one point of a list."""
    return f"- {words}: {value}"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a table, its first column to the left and the others to the right."""
    yield line(heads)
    yield line(("---", *("--:" for _each in heads[1:])))
    for row in rows:
        yield line(row)
    yield ""


def line(cells: Sequence[str]) -> str:
    """Return one row of a table."""
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


def instant(at: object) -> str:
    """Return a moment as screens show it."""
    return date_format(localtime(at), "Y-m-d H:i")  # type: ignore[arg-type]
