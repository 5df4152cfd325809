"""The addresses of alerts, of the numbers of the warnings and of what is tried with them."""

from typing import Any

from tests.web.about import about_alert, acts, of_alert
from tests.web.asked import NEAR_MANAGER, Address


def about_version(permission: str, **options: Any) -> Address:
    """Return an address about a draft of the numbers of the warnings."""
    return Address(permission, arguments=lambda things: [things.draft.number], **options)


ALERTS: dict[str, Address] = {
    "alerts:list": Address("alerts.view"),
    "alerts:detail": about_alert(),
    "alerts:handle": acts("alerts.handle", reached=NEAR_MANAGER, posted=422, arguments=of_alert),
    "alerts:report_list": Address("api.manage"),
    "alerts:assign": acts("alerts.assign", posted=400),
    "alerts:settle": acts("alerts.handle", posted=400),
    "alerts:asking": Address("alerts.view"),
    "alerts:asking_set": acts("alerts.rules", posted=422),
    "alerts:kept": Address("alerts.handle"),
    "alerts:take_more": acts("alerts.handle"),
    "alerts:record": Address("sheets.view"),
    "alerts:contacts": Address("sheets.view"),
    "alerts:trials": Address("alerts.try"),
    "alerts:trial_alerts": Address("alerts.try"),
    "alerts:trial": Address("alerts.try", arguments=lambda things: [things.trial.pk]),
    "alerts:trial_preview": about_version("alerts.try", get=None, post={}),
    "alerts:trial_backtest": about_version("alerts.try", get=None, post={}),
    "alerts:numbers": Address("alerts.view"),
    "alerts:number_draft": acts("alerts.rules"),
    "alerts:number_compare": Address("alerts.view"),
    "alerts:number": about_version("alerts.view"),
    "alerts:number_edit": about_version("alerts.rules", post={}, posted=422),
    "alerts:number_propose": about_version("alerts.rules", get=None, post={}, posted=422),
    "alerts:number_publish": about_version("alerts.rules", get=None, post={}),
    "alerts:number_withdraw": about_version("alerts.rules", get=None, post={}),
    "alerts:rules": Address("alerts.view"),
    "alerts:rule": Address("alerts.view", arguments=lambda things: ["W04"]),
    "alerts:abnormal_sheet": Address("sheets.view", get=302),
    "alerts:visit_sheet": Address("sheets.view", get=302),
}
