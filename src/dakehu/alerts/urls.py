"""Addresses of the alerts app."""

from django.urls import path

from dakehu.alerts import views

app_name = "alerts"
urlpatterns = [
    path("", views.alert_list, name="list"),
    path("<int:number>/", views.alert_detail, name="detail"),
    path("<int:number>/handle/", views.alert_handle, name="handle"),
    path("assign/", views.alert_assign, name="assign"),
    path("reports/", views.report_list, name="report_list"),
    path("warnings/", views.rule_list, name="rules"),
    path("warnings/<str:code>/", views.rule_detail, name="rule"),
    path("sheets/abnormal/", views.abnormal_sheet, name="abnormal_sheet"),
    path("sheets/visits/", views.visit_sheet, name="visit_sheet"),
]
