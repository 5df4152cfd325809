"""Changing units and staff (M1, M2, M4, M5, M7, M10)."""

from dakehu.people.operations.access import REVEALABLES, register_revealable, reveal
from dakehu.people.operations.closing import (
    close_account,
    open_account,
    remove_staff,
    restore_staff,
)
from dakehu.people.operations.duties import set_duties
from dakehu.people.operations.entries import (
    add_entry,
    change_entry,
    remove_entry,
    restore_entry,
)
from dakehu.people.operations.leaves import change_leave, end_leave, plan_leave
from dakehu.people.operations.roles import change_role, create_role, retire_role, revive_role
from dakehu.people.operations.shares import (
    SHAREABLES,
    give_share,
    register_shareable,
    share_manager,
    share_unit,
    withdraw_share,
)
from dakehu.people.operations.staff import (
    change_staff,
    create_staff,
    ensure_log_in,
    ensure_managers,
    move_staff,
    set_password,
)
from dakehu.people.operations.tree import (
    change_unit,
    create_unit,
    move_unit,
    remove_unit,
    restore_unit,
)
from dakehu.people.operations.units import (
    ensure_city,
    ensure_districts,
    ensure_province,
    ensure_root,
    rename_unit,
)

__all__ = [
    "REVEALABLES",
    "SHAREABLES",
    "add_entry",
    "change_entry",
    "change_leave",
    "change_role",
    "change_staff",
    "change_unit",
    "close_account",
    "create_role",
    "create_staff",
    "create_unit",
    "end_leave",
    "ensure_city",
    "ensure_districts",
    "ensure_log_in",
    "ensure_managers",
    "ensure_province",
    "ensure_root",
    "give_share",
    "move_staff",
    "move_unit",
    "open_account",
    "plan_leave",
    "register_revealable",
    "register_shareable",
    "remove_entry",
    "remove_staff",
    "remove_unit",
    "rename_unit",
    "restore_entry",
    "restore_staff",
    "restore_unit",
    "retire_role",
    "reveal",
    "revive_role",
    "set_duties",
    "set_password",
    "share_manager",
    "share_unit",
    "withdraw_share",
]
