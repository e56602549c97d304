from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from clients.codes import masked_code
from clients.models.written import Written
from common.encryption import EncryptedTextField
from common.models import Versioned


class ClientKind(models.TextChoices):
    PERSON = "person", _("Person")
    ORGANISATION = "organisation", _("Organisation")


class ClientLanguage(models.TextChoices):
    ESTONIAN = "et", _("Estonian")
    RUSSIAN = "ru", _("Russian")
    ENGLISH = "en", _("English")


class ClientQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.has_perm("clients.view_client") else self.none()

    def living(self):
        """Those that were not merged into another."""
        return self.filter(merged_into__isnull=True)


class Client(Written, Versioned):
    """A person or an organisation that turned to the agency and said who it is.

    An anonymous caller has no row here.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=ClientKind)
    name = models.CharField(_("name"), max_length=200)
    # The folded words of the name in order of the alphabet, by which namesakes are found.
    name_key = models.CharField(max_length=200, blank=True, editable=False, db_index=True)
    first_name = models.CharField(_("first name"), max_length=100, blank=True)
    last_name = models.CharField(_("last name"), max_length=100, blank=True)
    registry_code = models.CharField(_("registry code"), max_length=8, blank=True, db_index=True)
    country = models.CharField(_("country"), max_length=2, default="EE")
    # Of a foreign organisation. A person's identifier, Estonian or foreign, is encrypted below.
    foreign_code = models.CharField(_("foreign identifier"), max_length=40, blank=True)
    personal_code = EncryptedTextField(_("personal code"), blank=True, default="")
    personal_code_hash = models.CharField(max_length=64, blank=True, editable=False)
    language = models.CharField(
        _("language"), max_length=2, choices=ClientLanguage, default=ClientLanguage.ESTONIAN
    )
    pinned_note = models.CharField(_("note for the next call"), max_length=500, blank=True)
    pinned_at = models.DateTimeField(null=True, blank=True)
    pinned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged_clients"
    )
    created_at = models.DateTimeField(db_index=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    history = HistoricalRecords()

    objects = ClientQuerySet.as_manager()

    class Meta:
        verbose_name = _("client")
        verbose_name_plural = _("clients")
        indexes = [models.Index(fields=["personal_code_hash"], name="clients_client_code_hash")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ClientKind.PERSON, registry_code="", foreign_code="")
                | Q(
                    kind=ClientKind.ORGANISATION,
                    first_name="",
                    last_name="",
                    personal_code_hash="",
                ),
                name="clients_client_codes_go_with_kind",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="clients_client_has_a_name"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
                name="clients_client_not_merged_into_itself",
            ),
            models.UniqueConstraint(
                # Estonia and Lithuania give out the same numbers: a code counts with its country.
                fields=["personal_code_hash", "country"],
                condition=~Q(personal_code_hash="") & Q(merged_into__isnull=True),
                name="clients_client_one_for_a_personal_code",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_person(self):
        return self.kind == ClientKind.PERSON

    @property
    def code_shown(self):
        """The code as everyone may see it: a person's is masked."""
        if self.is_person:
            return masked_code(self.personal_code)
        return self.registry_code or self.foreign_code

    @property
    def survivor(self) -> "Client":
        """The client this one lives on in: itself, or the one it was merged into."""
        client: Client = self
        while client.merged_into_id:
            client = client.merged_into  # type: ignore[assignment]  # its id is set
        return client

    def family_ids(self, merged: list[int] | None = None) -> list[int]:
        """This client and all that were merged into it, for rows that stayed where they were.

        merged: those merged into it directly, where they were read already.
        """
        found, edge = [self.pk], merged
        if edge is None:
            edge = self._merged_into([self.pk])
        while edge:
            found += edge
            edge = self._merged_into(edge)
        return found

    @staticmethod
    def _merged_into(kept: Iterable[int]) -> list[int]:
        return list(Client.objects.filter(merged_into__in=kept).values_list("pk", flat=True))
