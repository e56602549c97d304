from django.urls import path
from drf_spectacular.views import SpectacularAPIView

app_name = "common_api"
urlpatterns = [
    # What the API offers, for programs; it holds no data of anybody.
    path(
        "schema/",
        SpectacularAPIView.as_view(authentication_classes=[], permission_classes=[]),
        name="schema",
    ),
]
