from django.urls import path

from accounts.views import (
    competences,
    directory,
    line,
    own_settings,
    staff,
    substitutions,
    tokens,
)

app_name = "accounts"
urlpatterns = [
    path("", own_settings.settings, name="settings"),
    path("away/", own_settings.set_away, name="set_away"),
    path("line/", line.line, name="line"),
    path("line/own/", line.own_state, name="line_state"),
    path("line/own/set/", line.set_own_state, name="set_line_state"),
    path("line/<int:pk>/correct/", line.correct_state, name="correct_line_state"),
    path("directory/", directory.directory, name="directory"),
    path("competences/", competences.competences, name="competences"),
    path("competences/give/", competences.give_competence, name="give_competence"),
    path("competences/<int:pk>/end/", competences.end_competence, name="end_competence"),
    path("substitutions/", substitutions.substitutions, name="substitutions"),
    path("substitutions/arrange/", substitutions.arrange_substitution, name="arrange_substitution"),
    path("substitutions/<int:pk>/", substitutions.substitution, name="substitution"),
    path("substitutions/<int:pk>/end/", substitutions.end_substitution, name="end_substitution"),
    path("staff/", staff.staff, name="staff"),
    path("access-log/", staff.access_log, name="access_log"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/<int:pk>/revoke/", tokens.revoke_token, name="revoke_token"),
]
