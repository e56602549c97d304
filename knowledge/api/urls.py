from django.urls import path

from knowledge.api import views

app_name = "knowledge_api"
urlpatterns = [
    path("topics/", views.TopicListView.as_view(), name="topics"),
    path("topics/<slug:code>/", views.TopicView.as_view(), name="topic"),
]
