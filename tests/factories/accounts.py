from functools import cache

import factory
from django.contrib.auth.hashers import make_password

from accounts.models import RoleAssignment, Unit, User

PASSWORD = "correct horse battery"


@cache
def _hashed():
    """Once for the whole run: a slow hash a person would make every test slow."""
    return make_password(PASSWORD)


class UnitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Unit

    name_et = factory.Sequence(lambda number: f"Üksus {number}")


class UserFactory(factory.django.DjangoModelFactory):
    """A member of staff. `role="specialist"` gives one role, `roles=[…]` several, from long ago."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda number: f"user{number}")
    first_name = "Mari"
    last_name = factory.Sequence(lambda number: f"Maasikas {number}")
    password = factory.LazyFunction(_hashed)

    @factory.post_generation
    def role(self, create, extracted, **kwargs):
        if extracted:
            RoleAssignment.objects.create(user=self, role=extracted, starts_on="2020-01-01")

    @factory.post_generation
    def roles(self, create, extracted, **kwargs):
        for role in extracted or []:
            RoleAssignment.objects.create(user=self, role=role, starts_on="2020-01-01")
