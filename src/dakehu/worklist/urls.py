"""Addresses of the worklist app."""

from django.urls import path

from dakehu.worklist.views import categories, log, todos

app_name = "worklist"
urlpatterns = [
    path("", todos.todo_list, name="list"),
    path("badge/", todos.badge, name="badge"),
    path("close/", todos.todo_close, name="close"),
    path("hand-over/", todos.todo_hand_over, name="hand_over"),
    path("of-customer/<int:customer_id>/", todos.customer_panel, name="customer_panel"),
    path("log/", log.log, name="log"),
    path("log/add/", log.log_add, name="log_add"),
    path("log/removed/", log.log_removed, name="log_removed"),
    path("log/restore/", log.log_restore, name="log_restore"),
    path("log/<int:pk>/", log.log_entry, name="log_entry"),
    path("log/<int:pk>/edit/", log.log_edit, name="log_edit"),
    path("log/<int:pk>/remove/", log.log_remove, name="log_remove"),
    path("log/of-customer/<int:customer_id>/", log.work_panel, name="work_panel"),
    path("log/classes/", categories.category_list, name="category_list"),
    path("log/classes/add/", categories.category_add, name="category_add"),
    path("log/classes/<int:pk>/edit/", categories.category_edit, name="category_edit"),
    path("log/classes/<int:pk>/retire/", categories.category_retire, name="category_retire"),
    path("log/classes/<int:pk>/restore/", categories.category_restore, name="category_restore"),
]
