"""What is wrong with a signed file, and what to do, in words for the client and for the specialist."""

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.comparison import Fault
from documents.models import ReturnedFile
from documents.signature_words import SENTENCES as OF_VALIDATOR
from documents.signatures import Code

SENTENCES: dict[Fault, Promise] = {
    Fault.NOT_SIGNED: gettext_lazy("There is no signature in the file."),
    Fault.NOT_QUALIFIED: gettext_lazy(
        "The signature of %(detail)s is not a qualified one, as by ID card, Mobile-ID or Smart-ID."
    ),
    Fault.MISSING_FILE: gettext_lazy("The document %(detail)s is missing from the file."),
    Fault.CHANGED_FILE: gettext_lazy("The document %(detail)s is not the one that we sent."),
    Fault.FOREIGN_FILE: gettext_lazy("The file holds a document that we did not send: %(detail)s."),
    Fault.WRONG_PEOPLE: gettext_lazy("It was signed by %(detail)s, who is not asked to sign."),
    Fault.DELEGATION_ENDED: gettext_lazy(
        "The delegation of %(detail)s to sign for the agency was not in force on the day of signing."
    ),
    Fault.SIGNED_AS_PDF: gettext_lazy(
        "The PDF itself was signed. Please sign the container (.asice) that we sent."
    ),
}


def fault_sentences(returned: ReturnedFile, *, language: str = "") -> list[str]:
    """Return each fault as a sentence, in this language or in the reader's."""
    with translation.override(language or translation.get_language()):
        return [_sentence(fault, detail) for fault, detail in returned.faults]


def _sentence(fault: str, detail: str) -> str:
    if fault == Fault.NOT_VALID:
        known = {code.value: words for code, words in OF_VALIDATOR.items()}
        return str(known.get(Code(detail).value, _("The file could not be checked.")))
    return str(SENTENCES[Fault(fault)]) % {"detail": detail}
