from django.urls import path

from workspace.views.at_the_root import favicon, robots
from workspace.views.my_day import my_day
from workspace.views.preferences import set_language, set_theme
from workspace.views.search import search

app_name = "workspace"
urlpatterns = [
    path("", my_day, name="my_day"),
    path("search/", search, name="search"),
    path("language/", set_language, name="set_language"),
    path("theme/", set_theme, name="set_theme"),
    path("robots.txt", robots, name="robots"),
    path("favicon.ico", favicon, name="favicon"),
]
