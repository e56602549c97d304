import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from accounts.actions import NoCompetence, arrange_substitution
from common.states import MoveNotAllowed
from documents import actions
from documents.models import TemplateVersion
from documents.template_language import TemplateRefused
from tests.factories.accounts import UserFactory
from tests.factories.documents import TemplateVersionFactory, give_competence

pytestmark = pytest.mark.django_db


def write(by, body="# Leping\n\nnr {{ dok.number }}"):
    TemplateVersionFactory()
    return actions.write_template(kind="KASUTUSLEPING", body=body, by=by, at=timezone.now())


def approver(**account):
    user = UserFactory(**account)
    give_competence(user, "approve_template")
    return user


def test_whoever_lacks_the_competence_approves_nothing():
    version = write(UserFactory())

    with pytest.raises(NoCompetence):
        actions.approve_template(version=version, by=UserFactory(), at=timezone.now())

    version.refresh_from_db()
    assert version.approved_by is None


def test_substitute_approves_by_the_colleagues_competence():
    now, today = timezone.now(), timezone.localdate()
    head, substitute = approver(role="head_of_department"), UserFactory(role="specialist")
    version = write(UserFactory())
    arrange_substitution(
        substitute=substitute,
        substituted=head,
        roles=["head_of_department"],
        starts_on=today,
        ends_on=today,
        by=None,
        at=now,
    )

    approved = actions.approve_template(version=version, by=substitute, at=now)

    assert approved.approved_by == substitute


def test_new_wording_is_used_once_a_second_person_has_approved_it():
    version = write(UserFactory())
    before = TemplateVersion.objects.latest_of("KASUTUSLEPING")

    actions.approve_template(version=version, by=approver(), at=timezone.now())

    assert before.number == 1
    assert TemplateVersion.objects.latest_of("KASUTUSLEPING") == version


def test_nobody_approves_ones_own_wording():
    author = approver()
    version = write(author)

    with pytest.raises(actions.SecondPersonNeeded):
        actions.approve_template(version=version, by=author, at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        TemplateVersion.objects.filter(pk=version.pk).update(
            state="approved", approved_at=timezone.now(), approved_by=author
        )


def test_approved_wording_is_not_approved_twice_and_never_changes():
    version = write(UserFactory())
    actions.approve_template(version=version, by=approver(), at=timezone.now())

    with pytest.raises(MoveNotAllowed):
        actions.approve_template(version=version, by=approver(), at=timezone.now())
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        TemplateVersion.objects.filter(pk=version.pk).update(body="x")


def test_wording_that_names_an_unknown_variable_is_not_written():
    with pytest.raises(TemplateRefused):
        write(UserFactory(), body="{{ klient.isikukood }}")


def test_only_the_newest_wording_that_waits_is_approved():
    older = write(UserFactory())
    newest = write(UserFactory(), body="# Leping\n\nuuem {{ dok.number }}")

    with pytest.raises(actions.WordingOvertaken):
        actions.approve_template(version=older, by=approver(), at=timezone.now())

    older.refresh_from_db()
    assert older.approved_by is None
    assert list(TemplateVersion.objects.waiting()) == [newest]
    assert list(TemplateVersion.objects.overtaken()) == [older]
    actions.approve_template(version=newest, by=approver(), at=timezone.now())
    assert TemplateVersion.objects.latest_of("KASUTUSLEPING") == newest


def test_overtaken_wording_is_not_approved_after_the_newest_either():
    older = write(UserFactory())
    newest = write(UserFactory(), body="# Leping\n\nuuem {{ dok.number }}")
    actions.approve_template(version=newest, by=approver(), at=timezone.now())

    with pytest.raises(actions.WordingOvertaken):
        actions.approve_template(version=older, by=approver(), at=timezone.now())

    assert list(TemplateVersion.objects.waiting()) == []
