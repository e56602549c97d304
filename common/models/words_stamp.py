from django.db import models


class WordsStamp(models.Model):
    """By which word list the words of a table are kept, and up to which row they were written anew."""

    table = models.CharField(max_length=63, primary_key=True)
    stamp = models.CharField(max_length=60)
    upto = models.BigIntegerField(default=0)
    is_done = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.table}: {self.stamp}"
