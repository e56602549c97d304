from django.urls import path

from knowledge import views

app_name = "knowledge"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("topics/<slug:topic_code>/", views.topic, name="topic"),
    path("topics/<slug:topic_code>/favourite/", views.set_favourite, name="set_favourite"),
    path("topics/<slug:topic_code>/script/", views.write_script, name="write_script"),
    path("articles/", views.articles, name="articles"),
    path("articles/<int:pk>/", views.article, name="article"),
    path(
        "articles/<int:pk>/<str:language>/<int:number>/",
        views.article_version,
        name="article_version",
    ),
    path("bodies/", views.referral_bodies, name="referral_bodies"),
    path("phrases/", views.phrases, name="phrases"),
]
