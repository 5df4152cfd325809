"""Addresses of the cases app."""

from django.urls import path

from dakehu.cases.views import cases, details, intake, joining, lists

app_name = "cases"
urlpatterns = [
    path("", lists.case_list, name="list"),
    path("queue/", lists.queue, name="queue"),
    path("queue/next/", lists.take_next, name="take_next"),
    path("new/", intake.intake, name="intake"),
    path("new/known/", intake.known, name="known"),
    path("new/wording/", intake.wording, name="wording"),
    path("new/callers/", intake.caller_options, name="callers"),
    path("of-customer/<int:customer_id>/", lists.customer_panel, name="customer_panel"),
    path("<int:pk>/", cases.case_detail, name="detail"),
    path("<int:pk>/talk/", cases.case_talk, name="talk"),
    path("<int:pk>/take/", cases.case_take, name="take"),
    path("<int:pk>/go-on/", cases.case_go_on, name="go_on"),
    path("<int:pk>/give/", cases.case_give, name="give"),
    path("<int:pk>/wait/", cases.case_wait, name="wait"),
    path("<int:pk>/put-back/", cases.case_put_back, name="put_back"),
    path("<int:pk>/close/", cases.case_close, name="close"),
    path("<int:pk>/reopen/", cases.case_reopen, name="reopen"),
    path("<int:pk>/join/", joining.case_join, name="join"),
    path("<int:pk>/split/", joining.case_split, name="split"),
    path("<int:pk>/step/", details.case_step, name="step"),
    path("<int:pk>/rows/", details.case_rows, name="rows"),
    path("<int:pk>/announce/", details.case_announce, name="announce"),
    path("<int:pk>/notice-end/", details.case_notice_end, name="notice_end"),
    path("<int:pk>/report/", details.case_report, name="report"),
    path("<int:pk>/visit/", details.case_visit, name="visit"),
]
