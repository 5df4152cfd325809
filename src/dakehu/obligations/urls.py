"""Addresses of the obligations app."""

from django.urls import path, register_converter

from dakehu.obligations.views import acts, lists, plans, rewards


class Step:
    """What is recorded of a launch: told or trained."""

    regex = "told|trained"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Step, "launch_step")
app_name = "obligations"
urlpatterns = [
    path("", lists.obligation_list, name="list"),
    path("<int:pk>/", acts.obligation_detail, name="detail"),
    path("<int:pk>/waive/", acts.obligation_waive, name="waive"),
    path("<int:pk>/move/", plans.obligation_move, name="move"),
    path("calendar/", plans.calendar, name="calendar"),
    path("board/", lists.board, name="board"),
    path("missing/", lists.missing_list, name="missing"),
    path("provisions/", lists.provision_list, name="provisions"),
    path("provisions/<int:pk>/", acts.provision_detail, name="provision"),
    path("provisions/<int:pk>/end/", acts.provision_end, name="provision_end"),
    path("provide/<int:customer_id>/<slug:code>/", acts.provide, name="provide"),
    path("trials/", lists.trial_list, name="trials"),
    path("trials/<int:pk>/", acts.trial_detail, name="trial"),
    path("trials/<int:pk>/close/", acts.trial_close, name="trial_close"),
    path("trials/at/<int:customer_id>/", acts.trial_start, name="trial_start"),
    path("rewards/", rewards.reward_list, name="rewards"),
    path("rewards/<int:pk>/", rewards.reward_detail, name="reward"),
    path("rewards/<int:pk>/decide/", rewards.reward_decide, name="reward_decide"),
    path("rewards/<int:pk>/hand/", rewards.reward_hand, name="reward_hand"),
    path("rewards/at/<int:customer_id>/", rewards.reward_propose, name="reward_propose"),
    path("launches/", lists.launch_list, name="launches"),
    path("launches/new/", acts.launch_enter, name="launch_enter"),
    path("launches/<int:pk>/<launch_step:step>/", acts.launch_mark, name="launch_mark"),
    path("of-customer/<int:customer_id>/", lists.customer_panel, name="customer_panel"),
    path("of-standard/<int:pk>/", lists.standard_panel, name="standard_panel"),
]
