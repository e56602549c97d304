from django.db import models

from common.words import WordsField


class InquiryWords(models.Model):
    """What an inquiry is found by when somebody searches for words: their base forms."""

    inquiry = models.OneToOneField(
        "inquiries.Inquiry", on_delete=models.CASCADE, primary_key=True, related_name="words"
    )
    words = WordsField()

    def __str__(self):
        return f"words of inquiry {self.inquiry_id}"
