from django.urls import path

from clients.views import confirmation

app_name = "clients"
urlpatterns = [
    path("confirm/<str:token>/", confirmation.confirm_email, name="confirm_email"),
]
