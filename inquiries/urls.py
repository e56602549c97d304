from django.urls import path

from inquiries.views import callbacks, edit, export, inquiry, listing, moves

app_name = "inquiries"
urlpatterns = [
    path("", listing.list_inquiries, name="list"),
    path("search/", listing.search, name="search"),
    path("views/save/", listing.save_view, name="save_view"),
    path("views/<uuid:key>/delete/", listing.delete_view, name="delete_view"),
    path("export/", export.export, name="export"),
    path("callbacks/", callbacks.list_callbacks, name="callbacks"),
    path("<int:pk>/", inquiry.show, name="show"),
    path("<int:pk>/change/", edit.change, name="change"),
    path("<int:pk>/settle/", edit.settle, name="settle"),
    path("<int:pk>/correct/", edit.correct, name="correct"),
    path("corrections/<int:correction_pk>/tell/", edit.tell, name="tell_correction"),
    path("<int:pk>/close/", moves.close, name="close"),
    path("<int:pk>/reopen/", moves.reopen, name="reopen"),
    path("<int:pk>/take-over/", moves.take_over, name="take_over"),
    path("<int:pk>/callback/try/", callbacks.record_try, name="record_try"),
    path("<int:pk>/callback/move/", callbacks.move, name="move_callback"),
]
