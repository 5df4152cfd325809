"""
A service report as a file: PDF laid out by HTML and CSS, and Word (R1 to R4).

Nothing is fetched while the PDF is laid out. The Chinese font comes from the system; which ones
are tried, the style sheet says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from dakehu.care.errors import UnableToReport
from dakehu.ui.reporting import Part

FONT = "Microsoft YaHei"
LOOK = Path(__file__).resolve().parent.parent / "static" / "care" / "report_paper.css"


@dataclass(frozen=True)
class Chapter:
    """A section of a report with its title."""

    title: str
    part: Part


@dataclass(frozen=True)
class Paper:
    """What a report says: to whom, about which days, by whom, in which chapters."""

    customer: str
    title: str
    first: date
    last: date
    edition: int
    facts: tuple[tuple[str, str], ...]
    chapters: Sequence[Chapter]


def refuse_fetching(url: str, *args: Any, **options: Any) -> Any:
    """Refuse to fetch anything for a report.

    :raises ValueError: always.
    """
    raise ValueError(f"A report fetches nothing: {url}")


def pdf_of(paper: Paper) -> bytes:
    """
    Return a report as PDF.

    :raises UnableToReport: if this machine lacks a system library of the layout engine.
    """
    try:
        # Loading the layout engine takes a second; only whoever builds a report waits for it.
        from weasyprint import CSS, HTML
    except OSError as lacking:
        words = _("This machine lacks the system library Pango, without which no PDF is made.")
        raise UnableToReport(words) from lacking

    html = render_to_string("care/report_paper.html", {"paper": paper})
    sheet = CSS(string=LOOK.read_text(encoding="utf-8"))
    page = HTML(string=html, url_fetcher=refuse_fetching)
    laid_out: bytes = page.write_pdf(stylesheets=[sheet])
    return laid_out


def word_of(paper: Paper) -> bytes:
    """Return a report as a Word document."""
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Pt

    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(10.5)
    for each in document.styles:
        fonts = getattr(getattr(each, "element", None), "rPr", None)
        if fonts is not None:
            fonts.get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    document.core_properties.title = f"{paper.customer} {paper.title}"
    document.core_properties.author = ""
    document.add_heading(paper.title, level=0)
    document.add_paragraph(paper.customer)
    add_facts(document, paper.facts)
    for chapter in paper.chapters:
        document.add_heading(chapter.title, level=1)
        for words in chapter.part.words:
            document.add_paragraph(words)
        add_facts(document, chapter.part.facts)
        add_table(document, chapter.part)
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def add_facts(document: Any, facts: Sequence[tuple[str, str]]) -> None:
    """Add labelled values, one a line."""
    for label, value in facts:
        line = document.add_paragraph()
        line.add_run(_("%(label)s: ") % {"label": label}).bold = True
        line.add_run(value)


def add_table(document: Any, part: Part) -> None:
    """Add the table of a section, if it has one."""
    if not part.rows:
        return
    table = document.add_table(rows=1, cols=len(part.head), style="Table Grid")
    for cell, words in zip(table.rows[0].cells, part.head, strict=True):
        cell.text = ""
        cell.paragraphs[0].add_run(words).bold = True
    for row in part.rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
