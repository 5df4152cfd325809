"""Changing units and staff (M1, M2, M5)."""

from dakehu.people.operations.staff import (
    create_staff,
    ensure_log_in,
    ensure_managers,
    move_staff,
    set_password,
)
from dakehu.people.operations.units import (
    ensure_city,
    ensure_districts,
    ensure_province,
    ensure_root,
    rename_unit,
)

__all__ = [
    "create_staff",
    "ensure_city",
    "ensure_districts",
    "ensure_log_in",
    "ensure_managers",
    "ensure_province",
    "ensure_root",
    "move_staff",
    "rename_unit",
    "set_password",
]
