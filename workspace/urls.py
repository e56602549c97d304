from django.urls import path

from workspace.views import call, call_parts, call_steps, callback, line, passing, pop
from workspace.views.at_the_root import favicon, robots
from workspace.views.client import accesses, dealings, tickets
from workspace.views.my_day import my_day
from workspace.views.preferences import set_language, set_theme
from workspace.views.search import search

app_name = "workspace"
urlpatterns = [
    path("", my_day, name="my_day"),
    path("search/", search, name="search"),
    path("language/", set_language, name="set_language"),
    path("theme/", set_theme, name="set_theme"),
    path("line/", line.line, name="line"),
    path("line/calls/", line.line_calls, name="line_calls"),
    path("line/wall/", line.own_wall, name="own_wall"),
    path("line/wall/issue/", line.issue_wall, name="issue_wall"),
    path("line/wall/<int:pk>/revoke/", line.revoke_wall, name="revoke_wall"),
    path("wall/<str:token>/", line.wall, name="wall"),
    path("calls/", call.call, name="call"),
    path("calls/new/", call.new_call, name="new_call"),
    path("calls/start/", call.start_call, name="start_call"),
    path("calls/restore/", call_steps.restore, name="restore_call"),
    path("calls/undo-finish/", call_steps.undo_finish, name="undo_finish"),
    path("calls/take-back/", passing.take_back_call, name="take_back_call"),
    path("calls/colleagues/", passing.colleagues, name="colleagues"),
    path("calls/staff/", passing.staff, name="staff"),
    path("calls/tabs/", call.call_tabs, name="call_tabs"),
    path("calls/phrases/", call_parts.phrases, name="phrases"),
    path("calls/callers/", call_parts.callers, name="callers"),
    path("calls/callers/choose/", call_parts.choose_caller, name="choose_caller"),
    path("calls/callers/new/", call_parts.new_caller, name="new_caller"),
    path("calls/topics/", call_parts.topics, name="topics"),
    path("calls/topics/<int:pk>/", call_parts.topic_help, name="topic_help"),
    path("calls/pop/", pop.pop, name="pop"),
    path("calls/pop/<int:call>/accept/", pop.accept, name="accept_call"),
    path("calls/pop/<int:call>/put-away/", pop.put_away, name="put_pop_away"),
    path("calls/back/<int:inquiry>/", callback.call_back, name="call_back"),
    path("calls/begin/<int:call>/", pop.begin, name="begin_from_call"),
    path("calls/<uuid:key>/", call.call_draft, name="call_draft"),
    path("calls/<uuid:key>/save/", call_steps.save, name="save_call"),
    path("calls/<uuid:key>/finish/", call_steps.finish, name="finish_call"),
    path("calls/<uuid:key>/not-reached/", callback.not_reached, name="not_reached"),
    path("calls/<uuid:key>/pass/", passing.pass_call, name="pass_call"),
    path("calls/<uuid:key>/discard/", call_steps.discard, name="discard_call"),
    path("clients/<int:pk>/inquiries/", dealings, name="dealings"),
    path("clients/<int:pk>/accesses/", accesses, name="accesses"),
    path("clients/<int:pk>/tickets/", tickets, name="tickets"),
    path("robots.txt", robots, name="robots"),
    path("favicon.ico", favicon, name="favicon"),
]
