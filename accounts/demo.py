"""The fourteen people of the demo, all ten roles among them."""

import csv
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from accounts import actions
from accounts.actions.load_reference_data import SEED
from accounts.models import (
    Competence,
    CompetenceHolding,
    Responsibility,
    RoleAssignment,
    Substitution,
    Unit,
    User,
)

DEMO_PASSWORD = "keskkond2026demo"  # noqa: S105  # told to everybody who starts the demo
DAYS_IN_OFFICE = 700  # so that two years of demo inquiries have somebody who answered them


def create_staff(*, at: datetime) -> list[User]:
    """Make the people of the demo with roles, units, competences and topics; again does no harm."""
    with transaction.atomic():
        actions.load_reference_data()
        password = make_password(DEMO_PASSWORD)  # hashed once: slow by design
        with (SEED / "staff.csv").open(encoding="utf-8", newline="") as file:
            people = [_person(row, password, at) for row in csv.DictReader(file)]
        _substitution({user.username: user for user in people}, at)
    return people


def _person(row: dict[str, Any], password: str, at: datetime) -> User:
    since = timezone.localdate(at) - timedelta(days=DAYS_IN_OFFICE)
    user, is_new = User.objects.get_or_create(
        username=row["username"],
        defaults={
            "first_name": row["first_name"],
            "last_name": row["last_name"],
            "email": f"{row['username']}@keskkonnaamet.example",
            "unit": Unit.objects.get(name_et=row["unit"]),
            "job_title": row["job_title"],
            "phone": row["phone"],
            "extension": row["phone"][-4:],
            "language": row["language"],
            "password": password,
            "date_joined": at - timedelta(days=DAYS_IN_OFFICE),
        },
    )
    if not is_new:
        return user
    RoleAssignment.objects.create(user=user, role=row["role"], starts_on=since)
    for name in filter(None, row["responsibilities"].split(";")):
        topic_code, _at, county = name.partition("@")
        Responsibility.objects.create(user=user, topic_code=topic_code, county=county)
    for code in filter(None, row["competences"].split(";")):
        CompetenceHolding.objects.create(
            competence=Competence.objects.get(code=code),
            user=user,
            starts_on=since,
            basis="ametijuhend p 4.6",
        )
    return user


def _substitution(people: dict[str, User], at: datetime) -> None:
    """Jaan has the week off and Mari does his work."""
    day = timezone.localdate(at)
    jaan, mari = people["jaan.tamm"], people["mari.kask"]
    if Substitution.objects.not_over_on(day).filter(substituted=jaan).exists():
        return
    actions.arrange_substitution(
        substitute=mari,
        substituted=jaan,
        roles=["specialist"],
        starts_on=day - timedelta(days=2),
        ends_on=day + timedelta(days=4),
        reason="puhkus",
        by=people["liis.mets"],
        at=at,
    )
