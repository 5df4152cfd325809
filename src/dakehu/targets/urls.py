"""Addresses of target groups."""

from django.urls import path

from dakehu.targets.views import groups, handouts, tasks

app_name = "targets"
urlpatterns = [
    path("", groups.group_list, name="group_list"),
    path("new/", groups.group_new, name="group_new"),
    path("members/", groups.member_list, name="member_list"),
    path("<int:pk>/", groups.group_detail, name="group"),
    path("<int:pk>/edit/", groups.group_edit, name="group_edit"),
    path("<int:pk>/condition/", groups.condition, name="condition"),
    path("<int:pk>/counts/", groups.counts, name="counts"),
    path("<int:pk>/lock/", groups.group_lock, name="group_lock"),
    path("<int:pk>/unlock/", groups.group_unlock, name="group_unlock"),
    path("<int:pk>/close/", groups.group_close, name="group_close"),
    path("<int:pk>/refresh/", groups.group_refresh, name="group_refresh"),
    path("<int:pk>/remove/", groups.group_remove, name="group_remove"),
    path("<int:pk>/hand-out/", handouts.hand_out_new, name="hand_out_new"),
    path("hand-outs/<int:pk>/", handouts.hand_out_detail, name="hand_out"),
    path("hand-outs/<int:pk>/undo/", handouts.hand_out_undo, name="hand_out_undo"),
    path("hand-outs/<int:pk>/go-on/", handouts.hand_out_go_on, name="hand_out_go_on"),
    path("tasks/", tasks.task_list, name="task_list"),
    path("tasks/<int:pk>/", tasks.task_detail, name="task"),
    path("tasks/<int:pk>/record/", tasks.task_record, name="task_record"),
    path("of-customer/<int:customer_id>/", tasks.customer_panel, name="customer_panel"),
]
