from django.urls import path

from inquiries.api import cti, inbox, letters, views, web_letters

app_name = "inquiries_api"
urlpatterns = [
    path("inquiries/", views.InquiriesView.as_view(), name="inquiries"),
    path("inquiries/<int:pk>/letters/", letters.LettersView.as_view(), name="letters"),
    path("letters/", inbox.InboxView.as_view(), name="inbox"),
    path("letters/<int:pk>/", letters.LetterView.as_view(), name="letter"),
    path("letters/web/", web_letters.WebLettersView.as_view(), name="web_letters"),
    path(
        "inquiries/<int:pk>/registration/",
        letters.RegistrationView.as_view(),
        name="registration",
    ),
    path("inquiries/<int:pk>/", views.InquiryView.as_view(), name="inquiry"),
    path("cti/<str:token>", cti.CtiView.as_view(), name="cti"),
]
