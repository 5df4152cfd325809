"""Wiring of the targets app."""

from collections.abc import Mapping
from typing import Any

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _


class TargetsConfig(AppConfig):
    name = "dakehu.targets"
    label = "targets"

    def ready(self) -> None:
        """Register entries, the panel, to-dos, background work, and what merging does."""
        from dakehu.common import events, work
        from dakehu.customers.operations import Relation, register_relation
        from dakehu.targets import jobs
        from dakehu.targets.choices import TARGET
        from dakehu.targets.policies import VIEW
        from dakehu.targets.queries.groups import groups_naming
        from dakehu.tiering.queries.uses import register_uses
        from dakehu.ui import panels, todos
        from dakehu.ui.navigation import NavItem, Section, register

        register_relation(Relation("targets.TargetMember", "customer", "it belongs to the group"))
        register_relation(Relation("targets.HandOutTask", "customer", "it is asked about it"))
        register(
            NavItem(Section.CARE, _("Target groups"), "target", "targets:group_list", VIEW, 60)
        )
        register(
            NavItem(
                Section.CARE, _("Tasks of target groups"), "subtask", "targets:task_list", VIEW, 61
            )
        )
        panels.register(
            panels.Panel(
                "customer",
                "targets",
                _("Target groups"),
                "targets:customer_panel",
                VIEW,
                order=55,
                icon="target",
            )
        )
        todos.register(TARGET, task_words, lambda pk: reverse("targets:task", args=[pk]), "target")
        work.describe(jobs.read_group.module_path, _("Read the members of a target group"))
        work.describe(jobs.carry_out.module_path, _("Hand a target group out"))
        events.listen(work.WorkGivenUp, jobs.own_up)
        register_uses(groups_naming)


def task_words(facts: Mapping[str, Any]) -> str:
    """Return the words of a to-do about a member of a target group."""
    return _now("%(group)s: %(text)s") % facts
