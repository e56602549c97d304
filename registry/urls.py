from django.urls import path

from registry.views import checks, imports, organisations

app_name = "registry"
urlpatterns = [
    path("", organisations.search, name="search"),
    path("organisations/<str:registry_code>/", organisations.organisation, name="organisation"),
    path("organisations/<str:registry_code>/live/", organisations.live, name="live"),
    path(
        "organisations/<str:registry_code>/check/",
        organisations.request_check,
        name="request_check",
    ),
    path("checks/", checks.check_list, name="checks"),
    path("checks/<int:pk>/", checks.check, name="check"),
    path("checks/<int:pk>/confirm/", checks.confirm, name="confirm_check"),
    path("checks/<int:pk>/decline/", checks.decline, name="decline_check"),
    path("checks/<int:pk>/stop-waiting/", checks.stop_waiting, name="stop_waiting"),
    path("checks/<int:pk>/withdraw/", checks.withdraw, name="withdraw_check"),
    path("checks/<int:pk>/ask-anew/", checks.ask_anew, name="ask_anew"),
    path("checks/<int:pk>/papers/<int:evidence_pk>/", checks.paper, name="paper"),
    path("checks/<int:pk>/people/<int:person_pk>/code/", checks.reveal_code, name="reveal_code"),
    path("imports/", imports.import_list, name="imports"),
    path("imports/<int:import_pk>/", imports.show, name="import"),
    path("imports/<int:import_pk>/resume/", imports.resume, name="resume_import"),
]
