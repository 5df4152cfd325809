"""Addresses of the clocks app."""

from django.urls import path

from dakehu.clocks.views import calendars, clocks, years

app_name = "clocks"
urlpatterns = [
    path("", clocks.clock_list, name="list"),
    path("<int:pk>/", clocks.clock, name="clock"),
    path("notices/<int:pk>/", clocks.notice, name="notice"),
    path("<int:pk>/start/", clocks.start_move, name="start_move"),
    path("<int:pk>/pauses/", clocks.pause_add, name="pause_add"),
    path("<int:pk>/pauses/<int:row>/", clocks.pause_correct, name="pause_correct"),
    path("<int:pk>/pauses/<int:row>/remove/", clocks.pause_remove, name="pause_remove"),
    path("calendars/", calendars.calendar_list, name="calendars"),
    path("calendars/<int:pk>/", calendars.calendar, name="calendar"),
    path("calendars/<int:pk>/hours/", calendars.hours_propose, name="hours_propose"),
    path(
        "calendars/<int:pk>/hours/<int:row>/publish/",
        calendars.hours_publish,
        name="hours_publish",
    ),
    path(
        "calendars/<int:pk>/hours/<int:row>/withdraw/",
        calendars.hours_withdraw,
        name="hours_withdraw",
    ),
    path("calendars/<int:pk>/recounts/<int:row>/", clocks.recount, name="recount"),
    path("years/<int:year>/", years.year_propose, name="year_propose"),
    path("years/<int:pk>/publish/", years.year_publish, name="year_publish"),
    path("years/<int:pk>/withdraw/", years.year_withdraw, name="year_withdraw"),
    path("calendars/<int:pk>/days/", calendars.day_set, name="day_set"),
    path("calendars/<int:pk>/days/<int:row>/clear/", calendars.day_clear, name="day_clear"),
]
