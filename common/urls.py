from django.urls import path

from common.views import health, presence

app_name = "common"
urlpatterns = [
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("metrics", health.metrics, name="metrics"),
    path("presence/", presence.presence, name="presence"),
]
