from django.urls import path

from inquiries.api import views

app_name = "inquiries_api"
urlpatterns = [
    path("inquiries/", views.InquiriesView.as_view(), name="inquiries"),
    path("inquiries/<int:pk>/", views.InquiryView.as_view(), name="inquiry"),
]
