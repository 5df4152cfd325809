"""
Building released exports, and removing what has had its time (promise 3).

A file lies at rest only when it is whole; a build that was killed is done again from the start,
and leaves nothing that anybody could see.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django_tasks import task

from dakehu.common.work import WorkGivenUp
from dakehu.files.errors import UnableToExport
from dakehu.files.events import ExportReleased
from dakehu.files.operations import exports, keeping
from dakehu.files.policies import trouble_with_export
from dakehu.files.queries.exports import content_of, kept_paths, order_of
from dakehu.files.values import BuiltFile
from dakehu.ui.lists import exports as workbooks
from dakehu.ui.lists import releases, views

if TYPE_CHECKING:
    from dakehu.files.models import ExportRequest

KIND = "exports"
STRAY_AFTER = timedelta(hours=6)
"""A file that no row names for so long belongs to a build that was killed."""


class NoLongerWanted(Exception):
    """The export was withdrawn while it was being built."""


def want_file(event: ExportReleased) -> None:
    """Let a worker build what was released."""
    build_export.enqueue(event.export_id)


@task()
def build_export(export_id: int) -> None:
    """Build the file of a released export, in the language in which it was asked for."""
    export = order_of(export_id)
    if export is None or not exports.begin_export(export=export):
        return
    with translation.override(export.language):
        try:
            built = build(export)
        except UnableToExport as refusal:
            exports.fail_export(export=export, words=str(refusal), at=timezone.now())
        except NoLongerWanted:
            return
        else:
            if not exports.finish_export(export=export, built=built, at=timezone.now()):
                keeping.remove(built.path)


def build(export: "ExportRequest") -> BuiltFile:
    """Write the workbook of an export as its requester may have it at this moment.

    :raises UnableToExport: if they may not have it any more, or the filter makes no sense now.
    :raises NoLongerWanted: if it was withdrawn.
    """
    screen = releases.personal_list(export.screen)
    if trouble := trouble_with_export(export.requested_by, screen, plain=export.is_plain):
        raise UnableToExport(trouble)
    content = content_of(export)
    if not content.is_valid:
        raise UnableToExport(_("The filter of the list cannot be understood any more."))
    cap = settings.EXPORT_ROW_CAP
    is_cut = content.rows.order_by().values("pk")[: cap + 1].count() > cap
    table = content.table_of(content.ordered_rows(most=cap))
    columns = workbooks.exported_columns(table)
    head = head_of(export, content, cut=views.cut_sentence(cap) if is_cut else "")
    lines = told(export, workbooks.lines_of(table, columns, plain=export.is_plain))

    def write(file: Any, room: Path) -> int:
        return workbooks.write_workbook(file, head, columns, lines, workroom=str(room))

    return keeping.keep(KIND, write, suffix=".xlsx")


def head_of(export: "ExportRequest", content: Any, *, cut: str) -> workbooks.Head:
    """Return what stands above the rows of a released export: its watermark among it."""
    requester = export.requested_by
    return workbooks.Head(
        title=str(content.screen.title),
        viewer=f"{requester.name} ({requester.unit})",
        at=timezone.now(),
        filters=content.filter_words(),
        cut=cut,
        mark=_(
            "Export No. %(number)s · asked for by %(requester)s · released by %(releaser)s at "
            "%(time)s · for: %(purpose)s"
        )
        % {
            "number": export.pk,
            "requester": requester.name,
            "releaser": export.decided_by,
            "time": date_format(timezone.localtime(export.decided_at), "Y-m-d H:i"),
            "purpose": export.purpose,
        },
    )


def told(export: "ExportRequest", lines: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    """Hand lines on and record now and then how far they have come.

    :raises NoLongerWanted: if the export was withdrawn meanwhile.
    """
    for count, line in enumerate(lines):
        is_wanted = count % workbooks.CHUNK or exports.note_progress(export=export, rows=count)
        if not is_wanted:
            raise NoLongerWanted
        yield line


def give_up(event: WorkGivenUp) -> None:
    """Say on the export that its building was given up."""
    if event.path != build_export.module_path:
        return
    export = order_of(int(event.args[0]))
    if export is not None:
        with translation.override(export.language):
            words = _("The file could not be built. Ask an administrator, or ask for it again.")
            exports.fail_export(export=export, words=words, at=event.at)


def tidy_exports(at: datetime) -> None:
    """End exports that have had their time; remove files of builds that were killed."""
    exports.end_exports(at=at)
    keeping.tidy(KIND, named=kept_paths(), before=at - STRAY_AFTER)
