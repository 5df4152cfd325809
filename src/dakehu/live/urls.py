"""Addresses of the live app; the stream itself is answered by a process of its own."""

from django.urls import path

from dakehu.live.views import news

app_name = "live"
urlpatterns = [
    path("news/", news.news, name="news"),
]
