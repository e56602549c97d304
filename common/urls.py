from django.urls import path

from common.views import health, mail, presence

app_name = "common"
urlpatterns = [
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("metrics", health.metrics, name="metrics"),
    path("presence/", presence.presence, name="presence"),
    path("mail/", mail.failed_mail, name="mail"),
    path("mail/<int:pk>/again/", mail.send_mail_again, name="send_mail_again"),
]
