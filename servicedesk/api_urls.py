from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("common.api.urls")),
    path("", include("clients.api.urls")),
    path("", include("knowledge.api.urls")),
    path("", include("inquiries.api.urls")),
]
