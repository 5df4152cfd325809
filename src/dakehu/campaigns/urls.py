"""Addresses of campaigns."""

from django.urls import path

from dakehu.campaigns.views import calls, campaigns

app_name = "campaigns"
urlpatterns = [
    path("", campaigns.campaign_list, name="list"),
    path("add/", campaigns.campaign_add, name="add"),
    path("compare/", campaigns.campaign_compare, name="compare"),
    path("pick/", campaigns.campaign_pick, name="pick"),
    path("<int:pk>/", campaigns.campaign_detail, name="campaign"),
    path("<int:pk>/results/", campaigns.campaign_results, name="results"),
    path("<int:pk>/preview/", campaigns.campaign_preview, name="preview"),
    path("<int:pk>/judged/", campaigns.campaign_judged, name="judged"),
    path("<int:pk>/edit/", campaigns.campaign_edit, name="edit"),
    path("<int:pk>/drop/", campaigns.campaign_drop, name="drop"),
    path("<int:pk>/copy/", campaigns.campaign_copy, name="copy"),
    path("<int:pk>/propose/", campaigns.campaign_propose, name="propose"),
    path("<int:pk>/release/", campaigns.campaign_release, name="release"),
    path("<int:pk>/give-back/", campaigns.campaign_give_back, name="give_back"),
    path("<int:pk>/stop/", campaigns.campaign_stop, name="stop"),
    path("customers/", calls.row_list, name="rows"),
    path("customers/assign/", calls.assign, name="assign"),
    path("customers/<int:pk>/", calls.row_detail, name="row"),
    path("customers/<int:pk>/drop/", calls.row_drop, name="row_drop"),
    path("customers/<int:pk>/begin/", calls.call_begin, name="begin"),
    path("customers/<int:pk>/record/", calls.call_record, name="record"),
    path("calls/", calls.call_list, name="calls"),
    path("calls/next/", calls.call_next, name="next"),
    path("of-customer/<int:customer_id>/", calls.customer_panel, name="customer_panel"),
]
