from django.db import models


class NumberSeries(models.Model):
    """The last number given in a series of a year, such as the inquiries of 2026."""

    series = models.CharField(max_length=8)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "year"], name="common_numberseries_once")
        ]

    def __str__(self) -> str:
        return f"{self.series}-{self.year}: {self.last}"
