"""Addresses of the alerts app."""

from django.urls import path

from dakehu.alerts.views import alerts, asking, numbers, record, several, trials

app_name = "alerts"
urlpatterns = [
    path("", alerts.alert_list, name="list"),
    path("<int:number>/", alerts.alert_detail, name="detail"),
    path("<int:number>/handle/", alerts.alert_handle, name="handle"),
    path("assign/", several.alert_assign, name="assign"),
    path("settle/", several.alert_settle, name="settle"),
    path("reports/", alerts.report_list, name="report_list"),
    path("warnings/", alerts.rule_list, name="rules"),
    path("warnings/<str:code>/", alerts.rule_detail, name="rule"),
    path("sheets/abnormal/", alerts.abnormal_sheet, name="abnormal_sheet"),
    path("sheets/visits/", alerts.visit_sheet, name="visit_sheet"),
    path("asking/", asking.asking, name="asking"),
    path("asking/set/", asking.asking_set, name="asking_set"),
    path("kept/", asking.kept, name="kept"),
    path("kept/more/", asking.take_more, name="take_more"),
    path("record/", record.record, name="record"),
    path("contacts/", record.contact_list, name="contacts"),
    path("numbers/", numbers.number_list, name="numbers"),
    path("numbers/draft/", numbers.number_draft, name="number_draft"),
    path("numbers/compare/", numbers.number_compare, name="number_compare"),
    path("numbers/<int:number>/", numbers.number_detail, name="number"),
    path("numbers/<int:number>/edit/", numbers.number_edit, name="number_edit"),
    path("numbers/<int:number>/propose/", numbers.number_propose, name="number_propose"),
    path("numbers/<int:number>/publish/", numbers.number_publish, name="number_publish"),
    path("numbers/<int:number>/withdraw/", numbers.number_withdraw, name="number_withdraw"),
    path("numbers/<int:number>/preview/", trials.trial_preview, name="trial_preview"),
    path("numbers/<int:number>/backtest/", trials.trial_backtest, name="trial_backtest"),
    path("trials/", trials.trial_list, name="trials"),
    path("trials/found/", trials.trial_alerts, name="trial_alerts"),
    path("trials/<int:pk>/", trials.trial_detail, name="trial"),
]
