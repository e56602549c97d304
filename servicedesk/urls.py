from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("workspace.urls")),
    path("", include("common.urls")),
    path("settings/", include("accounts.urls")),
    path("clients/", include("clients.urls")),
    path("registry/", include("registry.urls")),
    path("knowledge/", include("knowledge.urls")),
    path("inquiries/", include("inquiries.urls")),
    path("ask/", include("inquiries.ask_urls")),
    path("tickets/", include("tickets.urls")),
    path("documents/", include("documents.urls")),
    path("api/v1/", include("servicedesk.api_urls")),
    path("accounts/", include("accounts.allauth_urls")),
    path("admin/", admin.site.urls),
]
