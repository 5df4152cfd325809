"""Addresses of the opportunities app."""

from django.urls import path

from dakehu.opportunities.views import center, intake, lists, passports, selling

app_name = "opportunities"
urlpatterns = [
    path("", lists.opportunity_list, name="list"),
    path("new/", intake.intake, name="intake"),
    path("new/known/", intake.known, name="known"),
    path("center/", center.center, name="center"),
    path("figures/", lists.figures, name="figures"),
    path("simulation/<int:number>/", lists.simulation_panel, name="simulation_panel"),
    path("board/", selling.board, name="board"),
    path("board/drop/", selling.board_drop, name="board_drop"),
    path("of-customer/<int:customer_id>/", lists.customer_panel, name="customer_panel"),
    path("<int:pk>/", passports.detail, name="detail"),
    path("<int:pk>/note/", passports.note, name="note"),
    path("<int:pk>/claim/", passports.claim, name="claim"),
    path("<int:pk>/give-back/", passports.give_back, name="give_back"),
    path("<int:pk>/give-up/", passports.give_up, name="give_up"),
    path("<int:pk>/take-back/", passports.take_back, name="take_back"),
    path("<int:pk>/elements/", passports.elements, name="elements"),
    path("<int:pk>/companions/", passports.companions, name="companions"),
    path("<int:pk>/stage/", selling.stage, name="stage"),
    path("<int:pk>/win/", selling.win, name="win"),
    path("<int:pk>/assign/", center.assign, name="assign"),
]
