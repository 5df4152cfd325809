"""Addresses of the customers app."""

from django.urls import path

from dakehu.customers.views import access, details, lists, panels, prospects, setup

app_name = "customers"
urlpatterns = [
    path("", lists.customer_list, name="list"),
    path("groups/", lists.group_list, name="group_list"),
    path("individuals/", lists.individual_list, name="individual_list"),
    path("prospects/", lists.prospect_list, name="prospect_list"),
    path("former/", lists.former_list, name="former_list"),
    path("leaving/", lists.leaving_list, name="leaving_list"),
    path("removed/", lists.removed_list, name="removed_list"),
    path("prospects/add/", prospects.prospect_add, name="prospect_add"),
    path("prospects/restore/", prospects.prospects_restore, name="restore_chosen"),
    path("retire/", prospects.customers_retire, name="retire_chosen"),
    path("bring-back/", prospects.customers_bring_back, name="bring_back_chosen"),
    path("fields/", setup.field_list, name="field_list"),
    path("fields/add/", setup.field_add, name="field_add"),
    path("fields/<int:pk>/edit/", setup.field_edit, name="field_edit"),
    path("fields/<int:pk>/remove/", setup.field_remove, name="field_remove"),
    path("fields/<int:pk>/restore/", setup.field_restore, name="field_restore"),
    path("fields/<int:pk>/move/", setup.field_move, name="field_move"),
    path("products/", lists.product_list, name="product_list"),
    path("products/add/", setup.product_add, name="product_add"),
    path("products/<int:pk>/edit/", setup.product_edit, name="product_edit"),
    path("<int:pk>/edit/", prospects.prospect_edit, name="prospect_edit"),
    path("<int:pk>/remove/", prospects.prospect_remove, name="prospect_remove"),
    path("<int:pk>/retire/", prospects.customer_retire, name="retire"),
    path("<int:pk>/bring-back/", prospects.customer_bring_back, name="bring_back"),
    path("<int:pk>/person/", details.person_edit, name="person_edit"),
    path("<int:pk>/fields/edit/", details.fields_edit, name="fields_edit"),
    path("<int:pk>/removed/", details.removed_details, name="removed_details"),
    path("<int:pk>/people/", panels.people_panel, name="people_panel"),
    path("<int:pk>/days/", panels.days_panel, name="days_panel"),
    path("<int:pk>/addresses/", panels.addresses_panel, name="addresses_panel"),
    path("<int:pk>/gifts/", panels.gifts_panel, name="gifts_panel"),
    path("<int:pk>/notes/", panels.notes_panel, name="notes_panel"),
    path("<int:pk>/opinions/", panels.opinions_panel, name="opinions_panel"),
    path("<int:pk>/fields/", panels.fields_panel, name="fields_panel"),
    path("<int:pk>/credit/", panels.credit_panel, name="credit_panel"),
    path("<int:pk>/profile/", panels.profile_panel, name="profile_panel"),
    path("<int:pk>/group/", panels.group_panel, name="group_panel"),
    path("<int:pk>/products/", panels.products_panel, name="products_panel"),
    path("<int:pk>/months/", panels.months_panel, name="months_panel"),
    path("<int:pk>/logs/", panels.logs_panel, name="logs_panel"),
    path("<int:pk>/changes/", panels.changes_panel, name="changes_panel"),
    path("<int:pk>/reveal/", access.reveal, name="reveal"),
    path("<int:pk>/details/<str:kind>/", details.detail_list, name="detail_list"),
    path("<int:pk>/details/<str:kind>/add/", details.detail_add, name="detail_add"),
    path(
        "<int:pk>/details/<str:kind>/<int:number>/edit/", details.detail_edit, name="detail_edit"
    ),
    path(
        "<int:pk>/details/<str:kind>/<int:number>/remove/",
        details.detail_remove,
        name="detail_remove",
    ),
    path(
        "<int:pk>/details/<str:kind>/<int:number>/restore/",
        details.detail_restore,
        name="detail_restore",
    ),
]
