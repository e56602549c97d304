from django.urls import URLPattern, path
from django.http import HttpResponse

app_name = "clients"
urlpatterns: list[URLPattern] = [
    path("confirm/<str:token>/", lambda r, token: HttpResponse(), name="confirm_email")
]
