"""Addresses of care."""

from django.urls import path

from dakehu.care.views import festivals, greetings, reports, visits

app_name = "care"
urlpatterns = [
    path("agenda/", visits.agenda, name="agenda"),
    path("visits/", visits.visit_list, name="visit_list"),
    path("visits/new/", visits.visit_new, name="visit_new"),
    path("visits/<int:pk>/", visits.visit_detail, name="visit"),
    path("visits/<int:pk>/edit/", visits.visit_edit, name="visit_edit"),
    path("visits/<int:pk>/cancel/", visits.visit_cancel, name="visit_cancel"),
    path("visits/<int:pk>/record/", visits.visit_record, name="visit_record"),
    path("visits/of-customer/<int:customer_id>/", visits.visit_panel, name="visit_panel"),
    path("greetings/", greetings.greeting_list, name="greeting_list"),
    path("greetings/propose/", greetings.greeting_propose, name="greeting_propose"),
    path("greetings/approve/", greetings.greeting_approve, name="greeting_approve"),
    path("greetings/refuse/", greetings.greeting_refuse, name="greeting_refuse"),
    path("greetings/<int:pk>/", greetings.greeting_detail, name="greeting"),
    path("greetings/<int:pk>/edit/", greetings.greeting_edit, name="greeting_edit"),
    path("greetings/<int:pk>/record/", greetings.greeting_record, name="greeting_record"),
    path("greetings/<int:pk>/want/", greetings.greeting_want, name="greeting_want"),
    path("reports/", reports.report_list, name="report_list"),
    path("reports/new/", reports.report_new, name="report_new"),
    path("reports/<int:pk>/", reports.report_detail, name="report"),
    path("reports/<int:pk>/review/", reports.report_review, name="report_review"),
    path("reports/<int:pk>/send/", reports.report_send, name="report_send"),
    path("reports/of-customer/<int:customer_id>/", reports.report_panel, name="report_panel"),
    path("festivals/", festivals.festival_list, name="festival_list"),
    path("festivals/add/", festivals.festival_add, name="festival_add"),
    path("festivals/<int:pk>/edit/", festivals.festival_edit, name="festival_edit"),
    path("festivals/<int:pk>/drop/", festivals.festival_drop, name="festival_drop"),
    path("wordings/", festivals.wording_list, name="wording_list"),
    path("wordings/add/", festivals.wording_add, name="wording_add"),
    path("wordings/<int:pk>/edit/", festivals.wording_edit, name="wording_edit"),
]
