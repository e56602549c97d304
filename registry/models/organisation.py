from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.folded import FoldedField
from registry.open_data.words import TEXT_LENGTH, WORD_LENGTH


class Status(models.TextChoices):
    REGISTERED = "R", _("Entered into the register")
    LIQUIDATION = "L", _("In liquidation")
    BANKRUPT = "N", _("Bankrupt")
    DELETED = "K", _("Deleted")
    UNKNOWN = "", _("Status unknown")


class OrganisationQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.has_perm("registry.view_organisation") else self.none()


class Organisation(models.Model):
    """A company, society, foundation or agency as the open data of the business register shows it."""

    registry_code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=500)
    status = models.CharField(max_length=10, blank=True)
    status_text = models.CharField(max_length=100, blank=True)
    # The open data name the form in words; the code is ours from those words.
    legal_form = models.CharField(max_length=20, blank=True)
    legal_form_label = models.CharField(max_length=150, blank=True)
    legal_form_subtype = models.CharField(max_length=150, blank=True)
    vat_number = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=500, blank=True)
    ehak_code = models.CharField(max_length=10, blank=True)
    ehak_text = models.CharField(max_length=200, blank=True)
    postal_code = models.CharField(max_length=10, blank=True)
    link = models.CharField(max_length=500, blank=True)
    first_entry_on = models.DateField(null=True, blank=True)
    # When the file that says so was made, and a digest by which an unchanged record is passed over.
    source_moment = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=32, blank=True)
    # The day of the complete file in which it was missing: deleted, perhaps; never «does not exist».
    missing_since = models.DateTimeField(null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self):
        return f"{self.name} ({self.registry_code})"

    @property
    def status_label(self):
        known = dict(Status.choices)
        return known.get(self.status) or self.status_text or self.status

    @property
    def is_registered(self):
        return self.status == Status.REGISTERED and self.missing_since is None


class OrganisationKey(models.Model):
    """One word of an organisation's name, or its code, by which search finds it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="keys")
    word = FoldedField(max_length=WORD_LENGTH)
    position = models.PositiveSmallIntegerField(default=0)
    # All words and the code, so that a second word is tested without leaving the index.
    text = FoldedField(max_length=TEXT_LENGTH)

    class Meta:
        indexes = [
            models.Index(
                fields=["word", "position", "text", "organisation"], name="registry_key_of_name"
            )
        ]

    def __str__(self):
        return self.word


class Card(models.Model):
    """The register card of an organisation: when its persons and rules were last taken over."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, primary_key=True, related_name="card"
    )
    digest = models.CharField(max_length=32)
    source_moment = models.DateTimeField()

    def __str__(self):
        return f"{self.organisation_id}"


class CardPerson(models.Model):
    """A person on an organisation's register card in the open data: name, role and dates, no more.

    Hashes, birth dates, addresses and foreign codes of the file are never stored.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="people")
    name = models.CharField(max_length=500)
    is_legal_person = models.BooleanField(default=False)
    registry_code = models.CharField(max_length=20, blank=True)  # of a legal person only
    is_foreign = models.BooleanField(default=False)
    role = models.CharField(max_length=20)
    role_label = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    term_ends_on = models.DateField(null=True, blank=True)

    def __str__(self):
        return self.name


class RepresentationRule(models.Model):
    """A sentence of the card on who represents: the normal rule of a role, or a deviation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="rules")
    is_deviation = models.BooleanField(default=False)
    kind = models.CharField(max_length=20, blank=True)  # role of a normal rule, type of a deviation
    kind_label = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    def __str__(self):
        return self.text
