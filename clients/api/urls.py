from django.urls import path

from clients.api import views

app_name = "clients_api"
urlpatterns = [
    path("clients/", views.ClientsView.as_view(), name="clients"),
    path("clients/search/", views.SearchView.as_view(), name="search"),
    path("clients/<int:pk>/", views.ClientView.as_view(), name="client"),
    path("clients/<int:pk>/fields/", views.ClientFieldsView.as_view(), name="fields"),
    path(
        "clients/<int:pk>/contact-points/", views.ContactPointsView.as_view(), name="contact_points"
    ),
]
