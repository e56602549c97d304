import datetime as dt
import random

import pytest

from registry.demo import create_register
from registry.models import CardPerson, Organisation
from registry.queries import search_organisations

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


def test_demo_brings_the_cases_and_a_crowd_and_may_be_run_again():
    create_register(at=NOON, rng=random.Random(1), size="small")
    create_register(at=NOON, rng=random.Random(1), size="small")

    assert Organisation.objects.count() == 500
    assert CardPerson.objects.exists()
    assert "19999905" in [one.registry_code for one in search_organisations("põlluvaim")]
