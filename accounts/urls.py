from django.urls import path

from accounts.views import competences, directory, own_settings, staff, substitutions, tokens

app_name = "accounts"
urlpatterns = [
    path("", own_settings.settings, name="settings"),
    path("away/", own_settings.set_away, name="set_away"),
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
