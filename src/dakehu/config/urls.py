"""Addresses of all apps."""

from django.urls import include, path

from dakehu.config.api import addresses

urlpatterns = [
    path("", include("dakehu.desk.urls")),
    path("ui/", include("dakehu.ui.urls")),
    path("customers/", include("dakehu.customers.urls")),
    path("knowledge/", include("dakehu.messaging.urls")),
    path("tiering/", include("dakehu.tiering.urls")),
    path("ownership/", include("dakehu.ownership.urls")),
    path("alerts/", include("dakehu.alerts.urls")),
    path("cases/", include("dakehu.cases.urls")),
    path("messages/", include("dakehu.outbox.urls")),
    path("hooks/", include("dakehu.hooks.urls")),
    path("todos/", include("dakehu.worklist.urls")),
    path("channels/", include("dakehu.channels.urls")),
    path("catalogue/", include("dakehu.catalogue.urls")),
    path("obligations/", include("dakehu.obligations.urls")),
    path("clocks/", include("dakehu.clocks.urls")),
    path("ranking/", include("dakehu.ranking.urls")),
    path("targets/", include("dakehu.targets.urls")),
    path("campaigns/", include("dakehu.campaigns.urls")),
    path("care/", include("dakehu.care.urls")),
    path("opportunities/", include("dakehu.opportunities.urls")),
    path("surveys/", include("dakehu.surveys.urls")),
    path("live/", include("dakehu.live.urls")),
    path("exchange/", include("dakehu.exchange.urls")),
    path("people/", include("dakehu.people.urls")),
    path("files/", include("dakehu.files.urls")),
    path("account/", include("dakehu.signin.urls")),
    path("api/v1/", addresses()),
]
handler400 = "dakehu.ui.errors.bad_request"
handler403 = "dakehu.ui.errors.forbidden"
handler404 = "dakehu.ui.errors.not_found"
handler500 = "dakehu.ui.errors.server_error"
