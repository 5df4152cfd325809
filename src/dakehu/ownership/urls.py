"""Addresses of the ownership app."""

from django.urls import path

from dakehu.ownership.views import (
    asking,
    loads,
    moves,
    numbers,
    panels,
    pool,
    proposing,
    receipts,
)

app_name = "ownership"
urlpatterns = [
    path("", moves.move_list, name="list"),
    path("lines/", moves.line_list, name="lines"),
    path("assign/", asking.assign, name="assign"),
    path("recall/", asking.recall, name="recall"),
    path("swap/", asking.swap, name="swap"),
    path("cover/", asking.cover, name="cover"),
    path("<int:pk>/", moves.move_detail, name="detail"),
    path("<int:pk>/decide/", moves.move_decide, name="decide"),
    path("<int:pk>/discard/", moves.move_discard, name="discard"),
    path("<int:pk>/cancel/", moves.move_cancel, name="cancel"),
    path("<int:pk>/undo/", moves.move_undo, name="undo"),
    path("received/", receipts.received, name="received"),
    path("received/<int:pk>/", receipts.receipt, name="receipt"),
    path("received/<int:pk>/confirm/", receipts.receipt_confirm, name="receipt_confirm"),
    path("pool/", pool.pool, name="pool"),
    path("pool/claim/", pool.claim, name="claim"),
    path("pool/assign/", asking.assign_pool, name="assign_pool"),
    path("propose/", proposing.propose, name="propose"),
    path("propose/draft/", proposing.propose_draft, name="propose_draft"),
    path("loads/", loads.load_list, name="loads"),
    path("numbers/", numbers.number_list, name="numbers"),
    path("numbers/propose/", numbers.number_propose, name="number_propose"),
    path("numbers/<int:pk>/", numbers.number_detail, name="number"),
    path("numbers/<int:pk>/approve/", numbers.number_approve, name="number_approve"),
    path("numbers/<int:pk>/withdraw/", numbers.number_withdraw, name="number_withdraw"),
    path("of-customer/<int:pk>/", panels.customer_panel, name="customer_panel"),
    path("of-staff/<int:pk>/", panels.staff_panel, name="staff_panel"),
]
