from django.db import models


class RegisterTurn(models.Model):
    """Whose turn it is to ask the live register, which answers one question at a time."""

    held_by = models.CharField(max_length=32, blank=True)
    held_until = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return self.held_by
