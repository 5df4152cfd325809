"""Addresses of surveys."""

from django.urls import path

from dakehu.surveys.views import asked, public, surveys

app_name = "surveys"
urlpatterns = [
    path("", surveys.survey_list, name="list"),
    path("add/", surveys.survey_add, name="add"),
    path("<int:pk>/", surveys.survey_detail, name="survey"),
    path("<int:pk>/edit/", surveys.survey_edit, name="edit"),
    path("<int:pk>/drop/", surveys.survey_drop, name="drop"),
    path("<int:pk>/publish/", surveys.survey_publish, name="publish"),
    path("<int:pk>/close/", surveys.survey_close, name="close"),
    path("<int:pk>/preview/", surveys.survey_preview, name="preview"),
    path("<int:pk>/questions/add/", surveys.question_add, name="question_add"),
    path("questions/<int:pk>/", surveys.question_edit, name="question"),
    path("questions/<int:pk>/drop/", surveys.question_drop, name="question_drop"),
    path("<int:pk>/ask/", asked.ask, name="ask"),
    path("asked/", asked.invitation_list, name="invitations"),
    path("asked/<int:pk>/", asked.invitation_detail, name="invitation"),
    path("calls/", asked.call_list, name="calls"),
    path("asked/<int:pk>/call/", asked.call, name="call"),
    path("asked/<int:pk>/decline/", asked.call_decline, name="decline"),
    # Public: whoever holds the link, once.
    path("a/<str:token>/", public.answer, name="answer"),
]
