"""Addresses of the tiering app."""

from django.urls import path

from dakehu.tiering.views import editor, grants, measures, panels, schemes, simulations, standings

app_name = "tiering"
urlpatterns = [
    path("", schemes.scheme_list, name="schemes"),
    path("schemes/<slug:code>/", schemes.scheme_detail, name="scheme"),
    path("schemes/<slug:code>/evaluate/", schemes.scheme_evaluate, name="evaluate"),
    path("schemes/<slug:code>/<int:number>/", schemes.version_detail, name="version"),
    path("schemes/<slug:code>/<int:number>/impact/", schemes.version_impact, name="impact"),
    path("schemes/<slug:code>/<int:number>/edit/", editor.edit, name="edit"),
    path("schemes/<slug:code>/<int:number>/counts/", editor.counts, name="counts"),
    path("schemes/<slug:code>/<int:number>/draft/", schemes.version_draft, name="draft"),
    path("schemes/<slug:code>/<int:number>/propose/", schemes.version_propose, name="propose"),
    path("schemes/<slug:code>/<int:number>/publish/", schemes.version_publish, name="publish"),
    path("schemes/<slug:code>/<int:number>/withdraw/", schemes.version_withdraw, name="withdraw"),
    path(
        "schemes/<slug:code>/<int:number>/compare/<int:other>/",
        schemes.version_compare,
        name="compare",
    ),
    path("measures/", measures.measure_list, name="measures"),
    path("measures/add/", measures.measure_add, name="measure_add"),
    path("measures/<slug:code>/", measures.measure_detail, name="measure"),
    path("measures/<slug:code>/remove/", measures.measure_remove, name="measure_remove"),
    path("moves/", grants.move_list, name="moves"),
    path("moves/<int:pk>/", grants.move_detail, name="move"),
    path("by-hand/", grants.grant_list, name="grants"),
    path("by-hand/<int:pk>/", grants.grant_detail, name="grant"),
    path("by-hand/<int:pk>/decide/", grants.grant_decide, name="grant_decide"),
    path("by-hand/<int:pk>/withdraw/", grants.grant_withdraw, name="grant_withdraw"),
    path("of-customer/<int:customer_id>/", standings.customer_panel, name="customer_panel"),
    path("of-customer/<int:customer_id>/schemes/", panels.schemes_panel, name="schemes_panel"),
    path("of-customer/<int:customer_id>/propose/", grants.grant_propose, name="grant_propose"),
    path("of-customer/<int:customer_id>/assess/", grants.assess, name="assess"),
    path("of-unit/<int:pk>/", standings.unit_panel, name="unit_panel"),
    path("simulations/", simulations.simulation_list, name="simulation_list"),
    path("simulations/new/", simulations.simulation_new, name="simulation_new"),
    path("simulations/movers/", simulations.mover_list, name="mover_list"),
    path("simulations/<int:pk>/", simulations.simulation_detail, name="simulation"),
    path("simulations/<int:pk>/drop/", simulations.simulation_drop, name="simulation_drop"),
]
