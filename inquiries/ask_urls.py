"""Pages for the public, below /ask/. Nobody signs in here."""

from django.urls import path

from inquiries.views import ask, opinion

app_name = "ask"
urlpatterns = [
    path("", ask.ask, name="ask"),
    path("<str:language>/", ask.ask, name="ask_in"),
    path("sent/<uuid:key>/", ask.sent, name="sent"),
    path("confirm/<str:token>/", ask.confirm, name="confirm"),
    path("opinion/<str:token>/", opinion.opinion, name="opinion"),
    path("opinion/<str:token>/<int:score>/", opinion.opinion, name="opinion_of"),
    path("opinion/<str:token>/stop/", opinion.stop, name="opinion_stop"),
]
