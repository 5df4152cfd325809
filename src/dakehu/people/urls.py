"""Addresses of the people app."""

from django.urls import path, register_converter

from dakehu.people.choices import ENTRY_KINDS
from dakehu.people.views import (
    access,
    entries,
    files,
    leaves,
    roles,
    shares,
    staff,
    trails,
    units,
)


class EntryKindConverter:
    """The kinds of lines in a person's file."""

    regex = "|".join(ENTRY_KINDS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(EntryKindConverter, "entries")

app_name = "people"
urlpatterns = [
    path("units/", units.unit_list, name="unit_list"),
    path("units/add/", units.unit_add, name="unit_add"),
    path("units/<int:pk>/", units.unit_page, name="unit_page"),
    path("units/<int:pk>/children/", units.children_panel, name="children_panel"),
    path("units/<int:pk>/services/", units.duties_panel, name="duties_panel"),
    path("units/<int:pk>/places/", units.places_panel, name="places_panel"),
    path("units/<int:pk>/changes/", units.unit_changes_panel, name="unit_changes_panel"),
    path("units/<int:pk>/change/", units.unit_change, name="unit_change"),
    path("units/<int:pk>/move/", units.unit_move, name="unit_move"),
    path("units/<int:pk>/remove/", units.unit_remove, name="unit_remove"),
    path("units/<int:pk>/restore/", units.unit_restore, name="unit_restore"),
    path("units/<int:pk>/duties/", units.unit_duties, name="unit_duties"),
    path("services/", units.duty_list, name="duty_list"),
    path("leave/", leaves.leave_list, name="leave_list"),
    path("roles/", roles.role_list, name="role_list"),
    path("roles/add/", roles.role_add, name="role_add"),
    path("roles/<slug:code>/", roles.role_page, name="role_page"),
    path("roles/<slug:code>/change/", roles.role_change, name="role_change"),
    path("roles/<slug:code>/retire/", roles.role_retire, name="role_retire"),
    path("roles/<slug:code>/revive/", roles.role_revive, name="role_revive"),
    path("reveal/<str:kind>/<int:pk>/", access.reveal, name="reveal"),
    path("shares/", shares.share_list, name="share_list"),
    path("shares/receivers/", shares.receiver_options, name="receiver_options"),
    path("shares/<int:pk>/", shares.share_page, name="share_page"),
    path("shares/<int:pk>/withdraw/", shares.share_withdraw, name="share_withdraw"),
    path("shares/<slug:kind>/<int:pk>/", shares.shares_panel, name="shares_panel"),
    path("shares/<slug:kind>/<int:pk>/add/", shares.share_add, name="share_add"),
    path("me/", files.my_file, name="my_file"),
    path("me/log/", trails.own_log, name="own_log"),
    path("looks/", trails.access_list, name="access_list"),
    path("looks/<slug:kind>/<int:pk>/", trails.looks_panel, name="looks_panel"),
    path("changes/", trails.change_list, name="change_list"),
    path("staff/", staff.staff_list, name="staff_list"),
    path("staff/removed/", staff.staff_removed, name="staff_removed"),
    path("staff/options/", staff.staff_options, name="staff_options"),
    path("staff/add/", files.staff_add, name="staff_add"),
    path("staff/<int:pk>/", files.staff_file, name="staff_file"),
    path("staff/<int:pk>/basics/", files.basics_panel, name="basics_panel"),
    path("staff/<int:pk>/changes/", files.staff_changes_panel, name="staff_changes_panel"),
    path("staff/<int:pk>/change/", files.staff_change, name="staff_change"),
    path("staff/<int:pk>/remove/", files.staff_remove, name="staff_remove"),
    path("staff/<int:pk>/restore/", files.staff_restore, name="staff_restore"),
    path("staff/<int:pk>/close/", files.staff_close, name="staff_close"),
    path("staff/<int:pk>/open/", files.staff_open, name="staff_open"),
    path("staff/<int:pk>/leave/", leaves.leave_panel, name="leave_panel"),
    path("staff/<int:pk>/leave/add/", leaves.leave_add, name="leave_add"),
    path("staff/<int:pk>/leave/<int:leave_pk>/", leaves.leave_change, name="leave_change"),
    path("staff/<int:pk>/leave/<int:leave_pk>/end/", leaves.leave_end, name="leave_end"),
    *(
        path(f"staff/<int:pk>/{kind}/", entries.panel, {"kind": kind}, name=f"{kind}_panel")
        for kind in ENTRY_KINDS
    ),
    path("staff/<int:pk>/<entries:kind>/add/", entries.entry_add, name="entry_add"),
    path(
        "staff/<int:pk>/<entries:kind>/<int:entry_pk>/",
        entries.entry_change,
        name="entry_change",
    ),
    path(
        "staff/<int:pk>/<entries:kind>/<int:entry_pk>/remove/",
        entries.entry_remove,
        name="entry_remove",
    ),
    path(
        "staff/<int:pk>/<entries:kind>/<int:entry_pk>/restore/",
        entries.entry_restore,
        name="entry_restore",
    ),
]
