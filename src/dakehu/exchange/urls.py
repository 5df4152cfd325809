"""Addresses of the exchange app."""

from django.urls import path

from dakehu.exchange import views

app_name = "exchange"
urlpatterns = [
    path("", views.monitor, name="monitor"),
    path("deliveries/", views.delivery_list, name="delivery_list"),
    path("deliveries/<int:pk>/", views.delivery, name="delivery"),
    path("deliveries/<int:pk>/receipt/", views.receipt, name="receipt"),
    path("deliveries/<int:pk>/rejected/<slug:interface>/", views.rejected, name="rejected"),
    path("runs/", views.run_list, name="run_list"),
    path("background/", views.background, name="background"),
    path("background/retry/", views.background_retry, name="background_retry"),
    path("trainings/", views.trainings, name="trainings"),
    path("trainings/ask/", views.training_ask, name="training_ask"),
    path("runs/<int:pk>/", views.run, name="run"),
]
