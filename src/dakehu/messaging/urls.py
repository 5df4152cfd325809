"""Addresses of the messaging app."""

from django.urls import path

from dakehu.messaging.views import articles, keeping

app_name = "messaging"
urlpatterns = [
    path("", articles.article_list, name="article_list"),
    path("<int:pk>/", articles.article, name="article"),
    path("<int:pk>/vote/", articles.article_vote, name="article_vote"),
    path("<int:pk>/revise/", keeping.article_revise, name="article_revise"),
    path("add/", keeping.article_add, name="article_add"),
    path("versions/", keeping.version_list, name="version_list"),
    path("versions/propose/", keeping.versions_propose, name="versions_propose"),
    path("versions/withdraw/", keeping.versions_withdraw, name="versions_withdraw"),
    path("versions/restore/", keeping.versions_restore, name="versions_restore"),
    path("versions/<int:pk>/", keeping.version, name="version"),
    path("versions/<int:pk>/edit/", keeping.version_edit, name="version_edit"),
    path("versions/<int:pk>/propose/", keeping.version_propose, name="version_propose"),
    path("versions/<int:pk>/publish/", keeping.version_publish, name="version_publish"),
    path("versions/<int:pk>/decline/", keeping.version_decline, name="version_decline"),
    path("versions/<int:pk>/withdraw/", keeping.version_withdraw, name="version_withdraw"),
    path("versions/<int:pk>/restore/", keeping.version_restore, name="version_restore"),
]
