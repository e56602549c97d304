from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Unit(models.Model):
    """A structural unit of the agency: an area, a department, a bureau."""

    name_et = models.CharField(_("name in Estonian"), max_length=200, unique=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    name_ru = models.CharField(_("name in Russian"), max_length=200, blank=True)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    # The six area bureaus of supervision work by county; the others for all of Estonia.
    counties = models.JSONField(_("counties"), default=list, blank=True)

    class Meta:
        ordering = ["name_et"]
        verbose_name = _("unit")
        verbose_name_plural = _("units")

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        return getattr(self, f"name_{get_language()}", "") or self.name_et

    def descendants(self) -> list["Unit"]:
        """The unit itself and all beneath it, in one query: there are only some dozens."""
        children: dict[int | None, list[Unit]] = {}
        for unit in Unit.objects.all():
            children.setdefault(unit.parent_id, []).append(unit)
        found, waiting = [], [self]
        while waiting:
            unit = waiting.pop()
            if unit not in found:  # a loop made by hand must not hang the page
                found.append(unit)
                waiting += children.get(unit.pk, [])
        return found
