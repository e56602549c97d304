from django.urls import path

from clients.views import card, confirmation, contacts, merging, search, writing

app_name = "clients"
urlpatterns = [
    path("", search.client_list, name="list"),
    path("new/<str:kind>/", writing.new_client, name="new"),
    path("duplicates/", merging.duplicates, name="duplicates"),
    path("confirm/<str:token>/", confirmation.confirm_email, name="confirm_email"),
    path("<int:pk>/", card.card, name="card"),
    path("<int:pk>/change/", writing.change_client, name="change"),
    path("<int:pk>/note/", card.pin_note, name="pin_note"),
    path("<int:pk>/code/", card.reveal_code, name="reveal_code"),
    path("<int:pk>/contacts/add/<str:kind>/", contacts.add_contact, name="add_contact"),
    path(
        "<int:pk>/contacts/<int:contact_point>/change/",
        contacts.change_contact,
        name="change_contact",
    ),
    path(
        "<int:pk>/contacts/<int:contact_point>/remove/",
        contacts.remove_contact,
        name="remove_contact",
    ),
    path(
        "<int:pk>/contacts/<int:contact_point>/confirm/",
        contacts.confirm_contact,
        name="confirm_contact",
    ),
    path(
        "<int:pk>/contacts/<int:contact_point>/request/",
        contacts.request_confirmation,
        name="request_confirmation",
    ),
    path("<int:pk>/merge/", merging.choose_double, name="choose_double"),
    path("<int:pk>/merge/<int:other>/", merging.merge, name="merge"),
    path("<int:pk>/different/<int:other>/", merging.mark_different, name="mark_different"),
    path("<int:pk>/different/<int:other>/undo/", merging.unmark_different, name="unmark_different"),
    path("<int:pk>/merges/<int:merge>/undo/", merging.undo_merge, name="undo_merge"),
]
