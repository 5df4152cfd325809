"""Addresses of care."""

from django.urls import path

from dakehu.care.views import visits

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
]
