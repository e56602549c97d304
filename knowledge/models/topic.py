from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from knowledge.languages import reader_language, text_in


class Tier2Group(models.TextChoices):
    TIER_1 = "I_TASE", _("Tier I")
    PERMIT_ADMINISTRATOR = "LOAHALDUR", _("Permit administrator")
    FIELD_SPECIALIST = "VALDKOND", _("Field specialist")
    IT_SUPPORT = "IT", _("IT support")
    OTHER_BODY = "VALINE", _("Another body")


class CanClose(models.TextChoices):
    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")


class OwnerBasis(models.TextChoices):
    """How sure we are of the owner's name; the unit itself must confirm what is inferred."""

    VERIFIED = "unit-name-verified", _("unit name verified")
    INFERRED = "unit-name-inferred", _("unit name inferred: to be confirmed")
    ROLE = "role-named-in-source", _("role named in the job description")


class TopicQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.has_perm("knowledge.view_article") else self.none()

    def for_choice(self):
        """Topics that an inquiry may have: second level, still in use."""
        return self.filter(level=2, is_active=True)


class Topic(models.Model):
    """What an inquiry is about, who answers for it and what tier I may do about it."""

    code = models.CharField(_("code"), max_length=30, unique=True)
    level = models.PositiveSmallIntegerField(_("level"), choices=[(1, _("Group")), (2, _("Topic"))])
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("group"),
    )
    position = models.PositiveSmallIntegerField(_("position in the list"), default=0)
    name_et = models.CharField(_("name in Estonian"), max_length=150)
    name_en = models.CharField(_("name in English"), max_length=150)
    name_ru = models.CharField(_("name in Russian"), max_length=150)
    tier2_group = models.CharField(_("goes to"), max_length=10, choices=Tier2Group, blank=True)
    owner_unit = models.ForeignKey(
        "accounts.Unit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="topics",
        verbose_name=_("owner unit"),
    )
    owner_basis = models.CharField(
        _("how the owner is known"), max_length=30, choices=OwnerBasis, blank=True
    )
    tier1_can_close = models.CharField(
        _("tier I may close"), max_length=6, choices=CanClose, blank=True
    )
    referral_bodies = models.ManyToManyField(
        "knowledge.ReferralBody", blank=True, related_name="topics", verbose_name=_("refer to")
    )
    peak_months = models.JSONField(_("busy months"), default=list, blank=True)
    note_et = models.TextField(_("note in Estonian"), blank=True)
    note_en = models.TextField(_("note in English"), blank=True)
    note_ru = models.TextField(_("note in Russian"), blank=True)
    is_urgent = models.BooleanField(_("urgent"), default=False)
    # The number to call before anything is written down: "1247", "112" or "112 / 1247".
    first_call = models.CharField(_("number to call first"), max_length=20, blank=True)
    # A letter on it is read by a second person before it leaves.
    needs_second_reader = models.BooleanField(
        _("answers are read by a second person"), default=False
    )
    starts_access_case = models.BooleanField(_("starts an access case"), default=False)
    default_article = models.ForeignKey(
        "knowledge.Article",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="default_for",
        verbose_name=_("default source"),
    )
    is_active = models.BooleanField(_("in use"), default=True)

    history = HistoricalRecords()
    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [
            models.CheckConstraint(
                condition=Q(level=1, parent__isnull=True) | Q(level=2, parent__isnull=False),
                name="knowledge_topic_second_level_has_parent",
            ),
            models.CheckConstraint(
                condition=Q(is_urgent=False) | ~Q(first_call=""),
                name="knowledge_topic_urgent_has_first_call",
            ),
        ]

    def __str__(self):
        return self.name()

    @property
    def may_be_chosen(self):
        return self.level == 2 and self.is_active

    def name(self, language=None):
        return text_in(self, "name", language)

    def note(self, language=None):
        return text_in(self, "note", language)

    def first_call_numbers(self):
        """The numbers alone, for telephone links."""
        return [number.strip() for number in self.first_call.split("/") if number.strip()]

    def default_source(self, language=None, on=None):
        """The article version that stands as the source of an answer unless another is chosen."""
        if self.default_article is None:
            return None
        return self.default_article.version_in_force(
            language=language or reader_language(), on=on or timezone.localdate()
        )
