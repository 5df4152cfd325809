"""Wiring of the files app."""

from datetime import timedelta

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dakehu.common import events, work
from dakehu.ui import todos


class FilesConfig(AppConfig):
    name = "dakehu.files"
    label = "files"

    def ready(self) -> None:
        """Register entries, to-dos, background work and the form for exports."""
        from dakehu.files.choices import TO_KNOW, TO_RELEASE, TO_TAKE
        from dakehu.files.events import ExportReleased
        from dakehu.files.jobs import attachments, exports, imports
        from dakehu.files.queries.exports import loss_words, release_words, taking_words
        from dakehu.ui import navigation
        from dakehu.ui.lists import releases
        from dakehu.ui.navigation import NavItem, Section

        for item in (
            NavItem(
                Section.DATA, _("Imports"), "file-import", "files:import_list", "imports.run", 40
            ),
            NavItem(
                Section.DATA,
                _("My exports"),
                "file-export",
                "files:export_list",
                "exports.request",
                50,
            ),
            NavItem(
                Section.DATA,
                _("Exports to release"),
                "file-certificate",
                "files:release_list",
                "exports.approve",
                60,
            ),
        ):
            navigation.register(item)
        releases.register("files:export_request")
        for source, words, icon in (
            (TO_RELEASE, release_words, "file-certificate"),
            (TO_TAKE, taking_words, "file-download"),
            (TO_KNOW, loss_words, "file-off"),
        ):
            todos.register(source, words, export_url, icon)
        work.describe(exports.build_export.module_path, _("Build an export"))
        for job, title in (
            (imports.check_import, _("Check an import")),
            (imports.apply_import, _("Apply an import")),
            (imports.undo_import, _("Undo an import")),
        ):
            work.describe(job.module_path, title)
        work.register(work.Duty("files.imports", imports.forget_imports, timedelta(hours=6)))
        events.listen(work.WorkGivenUp, imports.own_up)
        work.register(
            work.Duty("files.attachments", attachments.tidy_attachments, timedelta(hours=6))
        )
        work.register(work.Duty("files.exports", exports.tidy_exports, timedelta(minutes=5)))
        events.listen(work.WorkGivenUp, exports.give_up)
        events.listen(ExportReleased, exports.want_file)
        register_staff_files()


def export_url(number: int) -> str:
    """Return the address of an export."""
    return reverse("files:export", args=[number])


def register_staff_files() -> None:
    """Let files be attached to people, who stand below this app."""
    from dakehu.files.policies import Subject, register_subject
    from dakehu.people.queries import get_staff
    from dakehu.ui.panels import Panel, register

    label = "people.staff"
    register_subject(
        Subject(
            label, get_staff, "people.view", lambda pk: reverse("people:staff_file", args=[pk])
        )
    )
    register(
        Panel(
            "staff",
            "attachments",
            _("Attachments"),
            "files:attachments_panel",
            "people.view",
            order=90,
            icon="paperclip",
            arguments=(label,),
        )
    )
