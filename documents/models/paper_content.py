from django.db import models

from common.encryption import EncryptedTextField
from documents.kinds import Effect, PortalService


class PaperContent(models.Model):
    """What a paper says besides who its parties are: whom it authorises, to what, or what it ends."""

    paper = models.OneToOneField(
        "documents.Paper", on_delete=models.CASCADE, related_name="content"
    )
    # The person who is authorised, or whose authorisation ends.
    person_name = models.CharField(max_length=200, blank=True)
    personal_code = EncryptedTextField(blank=True)
    code_country = models.CharField(max_length=3, blank=True)
    masked_code = models.CharField(max_length=40, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    # Service -> what may be done in it: ["view", "draft", "submit"].
    services = models.JSONField(default=dict, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)  # nothing: until withdrawn
    may_delegate = models.BooleanField(default=False)
    # The main user who signs in the place of the representatives.
    main_user = models.ForeignKey(
        "documents.Access", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_access = models.ForeignKey(
        "documents.Access",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="ending_papers",
    )
    effect = models.CharField(max_length=20, choices=Effect, blank=True)
    last_day = models.DateField(null=True, blank=True)
    closes_dependants = models.BooleanField(default=False)
    principal_told_on = models.DateField(null=True, blank=True)  # by the user who renounces
    provision = models.CharField(max_length=200, blank=True)
    breach = models.CharField(max_length=1000, blank=True)

    def __str__(self):
        return f"{self.paper_id} {self.person_name}"

    def services_in_words(self):
        return [str(PortalService(code).label) for code in self.services]
