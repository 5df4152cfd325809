"""Addresses of telling other systems."""

from django.urls import path

from dakehu.hooks.views import deliveries, subscriptions

app_name = "hooks"
urlpatterns = [
    path("", subscriptions.subscription_list, name="list"),
    path("add/", subscriptions.subscription_add, name="add"),
    path("<int:pk>/", subscriptions.subscription_page, name="subscription"),
    path("<int:pk>/change/", subscriptions.subscription_change, name="change"),
    path("<int:pk>/release/", subscriptions.subscription_release, name="release"),
    path("<int:pk>/pause/", subscriptions.subscription_pause, name="pause"),
    path("<int:pk>/resume/", subscriptions.subscription_resume, name="resume"),
    path("<int:pk>/secret/", subscriptions.subscription_secret, name="secret"),
    path("<int:pk>/test/", subscriptions.subscription_test, name="test"),
    path("<int:pk>/replay/", subscriptions.subscription_replay, name="replay_period"),
    path("<int:pk>/end/", subscriptions.subscription_end, name="end"),
    path("deliveries/", deliveries.delivery_list, name="delivery_list"),
    path("deliveries/<int:pk>/", deliveries.delivery_page, name="delivery"),
    path("deliveries/<int:pk>/replay/", deliveries.delivery_replay, name="replay"),
]
