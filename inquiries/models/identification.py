from django.db import models
from django.utils.translation import gettext_lazy as _


class IdentifiedHow(models.TextChoices):
    """How sure it is that the caller is the client on the card, the least sure first."""

    NOT = "not", _("Not identified")
    NUMBER = "number", _("Known number")
    CALLED_BACK = "called_back", _("Called back")
    FACTS = "facts", _("Two facts from the card")

    @property
    def rank(self):
        return list(IdentifiedHow).index(self)


class CardFact(models.TextChoices):
    """What a caller may be asked about; which facts were asked is kept, what was said is not."""

    REGISTRY_CODE = "registry_code", _("Registry code")
    BIRTH_DATE = "birth_date", _("Birth date")
    ADDRESS = "address", _("Address")
    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Another phone number")
    PERMIT = "permit", _("Number of a permit")
    REPRESENTATIVE = "representative", _("Name of a representative")
    EARLIER = "earlier", _("Matter of an earlier inquiry")


def facts_of(client_kind):
    """What the card of a person, or of an organisation, may hold."""
    return [fact for fact in CardFact if fact not in NOT_ON_THE_CARD.get(client_kind, ())]


NOT_ON_THE_CARD = {
    "person": (CardFact.REGISTRY_CODE, CardFact.REPRESENTATIVE),
    "organisation": (CardFact.BIRTH_DATE,),
}


class SpokenOf(models.TextChoices):
    """What a caller who is not known well enough is not told, or not helped with."""

    CONTACTS = "contacts", _("Contact data of the card")
    START_CASE = "start_case", _("Beginning an access case")
    ACCESSES = "accesses", _("Access cases and accesses held")
    RESTRICTED = "restricted", _("Restricted inquiries")


class IdentificationRule(models.Model):
    """Which identification a caller needs at least before something is spoken of. It advises."""

    spoken_of = models.CharField(
        _("what is spoken of"), max_length=12, choices=SpokenOf, unique=True
    )
    least = models.CharField(_("at least"), max_length=12, choices=IdentifiedHow)

    class Meta:
        verbose_name = _("identification that is needed")
        verbose_name_plural = _("identification that is needed")

    def __str__(self):
        return f"{self.get_spoken_of_display()}: {self.get_least_display()}"
