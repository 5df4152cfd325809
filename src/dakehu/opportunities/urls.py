"""Addresses of the opportunities app."""

from django.urls import path

from dakehu.opportunities.views import center, intake, lists, papers, passports, selling

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
    path("<int:pk>/papers/", papers.papers_panel, name="papers_panel"),
    path("<int:pk>/solutions/new/", papers.solution_new, name="solution_new"),
    path("<int:pk>/contracts/new/", papers.contract_new, name="contract_new"),
    path("<int:pk>/talks/new/", papers.meeting_new, name="meeting_new"),
    path("contracts/", papers.contract_list, name="contract_list"),
    path("contracts/<int:pk>/sign/", papers.contract_sign, name="contract_sign"),
    path("contracts/<int:pk>/renew/", papers.contract_renew, name="contract_renew"),
    path("contracts/<int:pk>/end/", papers.contract_end, name="contract_end"),
    path("papers/<str:kind>/<int:pk>/", papers.paper, name="paper"),
    path("papers/<str:kind>/<int:pk>/change/", papers.paper_change, name="paper_change"),
    path("papers/<str:kind>/<int:pk>/propose/", papers.paper_propose, name="paper_propose"),
    path("papers/<str:kind>/<int:pk>/release/", papers.paper_release, name="paper_release"),
    path("papers/<str:kind>/<int:pk>/send-back/", papers.paper_send_back, name="paper_send_back"),
    path("papers/<str:kind>/<int:pk>/withdraw/", papers.paper_withdraw, name="paper_withdraw"),
    path("papers/<str:kind>/<int:pk>/document/", papers.paper_document, name="paper_document"),
    path("<int:pk>/assign/", center.assign, name="assign"),
]
