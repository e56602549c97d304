from django.urls import path

from workspace.views import call, call_parts
from workspace.views.at_the_root import favicon, robots
from workspace.views.client import dealings
from workspace.views.my_day import my_day
from workspace.views.preferences import set_language, set_theme
from workspace.views.search import search

app_name = "workspace"
urlpatterns = [
    path("", my_day, name="my_day"),
    path("search/", search, name="search"),
    path("language/", set_language, name="set_language"),
    path("theme/", set_theme, name="set_theme"),
    path("calls/", call.call, name="call"),
    path("calls/new/", call.new_call, name="new_call"),
    path("calls/start/", call.start_call, name="start_call"),
    path("calls/restore/", call.restore, name="restore_call"),
    path("calls/callers/", call_parts.callers, name="callers"),
    path("calls/callers/choose/", call_parts.choose_caller, name="choose_caller"),
    path("calls/callers/new/", call_parts.new_caller, name="new_caller"),
    path("calls/topics/", call_parts.topics, name="topics"),
    path("calls/topics/<int:pk>/", call_parts.topic_help, name="topic_help"),
    path("calls/<uuid:key>/", call.call_draft, name="call_draft"),
    path("calls/<uuid:key>/save/", call.save, name="save_call"),
    path("calls/<uuid:key>/finish/", call.finish, name="finish_call"),
    path("calls/<uuid:key>/discard/", call.discard, name="discard_call"),
    path("clients/<int:pk>/inquiries/", dealings, name="dealings"),
    path("robots.txt", robots, name="robots"),
    path("favicon.ico", favicon, name="favicon"),
]
