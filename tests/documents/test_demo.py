from random import Random

import pytest
from django.utils import timezone

from documents.demo import create_cases
from documents.gateways import pdf
from documents.models import Access, AccessCase
from documents.queries import expiring, rights_to_close
from documents.states import CaseState
from tests.documents.situations import seed_templates
from tests.documents.test_render_draft import quiet
from tests.factories.accounts import UserFactory
from tests.factories.documents import give_competence_to_sign
from tests.factories.registry import OrganisationFactory

pytestmark = [pytest.mark.django_db, quiet]


def test_demo_has_a_dozen_cases_in_every_situation_and_is_made_once(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for role in ("specialist", "coordinator", "head_of_customer_service"):
        give_competence_to_sign(UserFactory(role=role))
    OrganisationFactory.create_batch(12)
    seed_templates()

    cases = create_cases(at=timezone.now(), rng=Random(1))
    again = create_cases(at=timezone.now(), rng=Random(1))

    made = CaseState.DRAFT_READY if pdf.is_available() else CaseState.DRAFTING
    assert (len(cases), again) == (16, [])
    assert set(AccessCase.objects.values_list("state", flat=True)) == {
        CaseState.ADVISED,
        CaseState.STARTED,
        CaseState.CANCELLED,
        CaseState.DONE,
        made,
    } | ({CaseState.SENT} if pdf.is_available() else set())
    assert Access.objects.count() == 9
    assert rights_to_close(timezone.localdate()).count() == 3
    assert expiring(timezone.localdate()).count() == 1
