"""What is kept of trusted lists, as tests look at it."""

from documents.kept_trust import trust_list_in_use
from documents.models import TrustedList, TrustedListSource
from tests.documents.signatures import pki

NOW = pki.NOW + pki.DAY
LATER = NOW + pki.DAY
LIST = "/XT.xml"


def in_force():
    return [
        (one.kind, one.territory, one.sequence)
        for one in TrustedList.objects.filter(is_current=True).order_by("kind", "territory")
    ]


def problem(territory="XT"):
    return TrustedListSource.objects.get(territory=territory).problem


def remarks(at):
    return [remark.code for _name, remark in trust_list_in_use(at).remarks]


def newer(publisher, territory="XT", by=1):
    publisher.countries[territory].sequence += by
