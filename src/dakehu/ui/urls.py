"""Addresses of the ui app."""

from django.urls import path

from dakehu.ui import views

app_name = "ui"
urlpatterns = [
    path("login/", views.log_in, name="login"),
    path("logout/", views.log_out, name="logout"),
    path("language/", views.language, name="language"),
    path("theme/", views.theme, name="theme"),
    path("views/save/", views.view_save, name="view_save"),
    path("views/<int:number>/delete/", views.view_delete, name="view_delete"),
    path("columns/save/", views.columns_save, name="columns_save"),
    path("gallery/", views.gallery_page, name="gallery"),
    path("gallery/drawer/", views.gallery_drawer, name="gallery_drawer"),
    path("gallery/act/", views.gallery_act, name="gallery_act"),
]
