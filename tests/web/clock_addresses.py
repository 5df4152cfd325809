"""The addresses of calendars and clocks in the permission matrix (see permission_matrix)."""

from django.utils.timezone import localdate
from tests.web.about import (
    acts,
    of_calendar,
    of_clock,
    of_notice,
    of_pause,
    of_proposed_hours,
    of_recount,
    of_set_day,
)
from tests.web.asked import ABOVE, NEAR_MANAGER, NEAR_UNIT, Address

# The days of a year are the same for all units: whoever reaches the topmost one sets them.
OF_ALL = ABOVE - {"operations_center"}
CLOCKS: dict[str, Address] = {
    "clocks:list": Address("clocks.view", get=302),
    "clocks:clock": Address("clocks.view", NEAR_MANAGER, arguments=of_clock),
    "clocks:notice": Address("clocks.view", NEAR_MANAGER, get=302, arguments=of_notice),
    **{
        f"clocks:{name}": Address(
            "clocks.correct", NEAR_MANAGER, post={}, posted=422, arguments=arguments
        )
        for name, arguments in (
            ("start_move", of_clock),
            ("pause_add", of_clock),
            ("pause_correct", of_pause),
            ("pause_remove", of_pause),
        )
    },
    "clocks:calendars": Address("clocks.view"),
    "clocks:calendar": Address("clocks.view", NEAR_UNIT, arguments=of_calendar),
    "clocks:recount": Address("clocks.view", NEAR_UNIT, arguments=of_recount),
    "clocks:hours_propose": Address(
        "clocks.rules", NEAR_UNIT, post={}, posted=422, arguments=of_calendar
    ),
    "clocks:hours_publish": acts("clocks.rules", reached=NEAR_UNIT, arguments=of_proposed_hours),
    "clocks:hours_withdraw": acts("clocks.rules", reached=NEAR_UNIT, arguments=of_proposed_hours),
    "clocks:year_propose": Address(
        "clocks.rules", OF_ALL, post={}, posted=422, arguments=lambda things: [localdate().year]
    ),
    "clocks:year_publish": acts(
        "clocks.rules", reached=OF_ALL, arguments=lambda things: [things.calendars.year.pk]
    ),
    "clocks:year_withdraw": acts(
        "clocks.rules", reached=OF_ALL, arguments=lambda things: [things.calendars.year.pk]
    ),
    "clocks:day_set": Address(
        "clocks.edit", NEAR_UNIT, post={}, posted=422, arguments=of_calendar
    ),
    "clocks:day_clear": acts("clocks.edit", reached=NEAR_UNIT, arguments=of_set_day),
}
