"""A step with a letter: a page with a short form that leads back to the inquiry."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from common.refusals import Refusal
from common.undo import offer_undo


def stepped(request, inquiry, form, step, title, words, done, undo=""):
    if form.is_valid():
        try:
            step(form.cleaned_data, timezone.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            if undo:
                offer_undo(request, done, to=undo, key=inquiry.pk)
            else:
                messages.success(request, done)
            return redirect("inquiries:show", pk=inquiry.pk)
    return step_page(request, inquiry, form, title, words)


def step_page(request, inquiry, form, title, words):
    context = {"inquiry": inquiry, "form": form, "title": title, "words": words}
    return render(
        request, "inquiries/letter_step.html", context, status=422 if form.errors else 200
    )
