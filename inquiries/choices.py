"""What the lists of choices on the inquiry pages offer; each costs one query."""

from collections.abc import Iterable

from django.db.models import Q
from django.forms import ChoiceField
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from accounts.roles import PERMISSIONS_OF
from knowledge.models import ArticleVersion, ReferralBody, Topic

ANSWERING_ROLES = [
    role for role, held in PERMISSIONS_OF.items() if "inquiries.answer_letter" in held
]
LOGGING_ROLES = [role for role, held in PERMISSIONS_OF.items() if "inquiries.log_inquiry" in held]


def offer(form, name, choices):
    """Set what a field of the form offers: once a form, since callables would ask again and again."""
    field = form.fields[name]
    (field if isinstance(field, ChoiceField) else field.widget).choices = choices


def with_empty(choices, label="–"):
    return [("", label), *choices]


def named(records: Iterable):
    return [(record.pk, str(record)) for record in records]


def topics(*, with_groups):
    """Topics under their groups; with groups, a group itself may be chosen."""
    tree: dict[int, list[Topic]] = {}
    names = ("level", "parent_id", "name_et", "name_en", "name_ru")
    for topic in Topic.objects.only(*names).order_by("position", "pk"):
        tree.setdefault(topic.parent_id or topic.pk, []).append(topic)
    return [
        (
            str(family[0]),
            [
                *([(family[0].pk, _("%(group)s: all") % {"group": family[0]})] * with_groups),
                *named(family[1:]),
            ],
        )
        for family in (sorted(family, key=lambda one: one.level) for family in tree.values())
    ]


def units():
    return named(Unit.objects.all())


def agents():
    """Those who log inquiries, today or before: an agent who left still has theirs."""
    return (
        User.objects.filter(role_assignments__role__in=LOGGING_ROLES)
        .distinct()
        .order_by("last_name", "first_name", "pk")
    )


def answering_agents():
    """Those who may answer letters today, to hand them out to."""
    return _holding(ANSWERING_ROLES)


def logging_agents():
    """Those who may take contacts today, to hand a callback to."""
    return _holding(LOGGING_ROLES)


def _holding(roles):
    today = timezone.localdate()
    held = Q(role_assignments__role__in=roles, role_assignments__starts_on__lte=today)
    held &= Q(role_assignments__ends_on__isnull=True) | Q(role_assignments__ends_on__gte=today)
    people = User.objects.filter(held, is_active=True).distinct()
    return people.order_by("last_name", "first_name", "pk")


def referral_bodies():
    return named(ReferralBody.objects.all())


def article_versions(kept=None):
    """The texts in force, and the one that is kept though it is not in force any more."""
    today = timezone.localdate()
    newest: dict[tuple[int, str], ArticleVersion] = {}
    for version in ArticleVersion.objects.defer("body").order_by("valid_from", "number"):
        if version.valid_from <= today:
            newest[version.article_id, version.language] = version
        if str(version.pk) == str(kept):
            newest[-version.pk, ""] = version
    offered = {version.pk: version for version in newest.values()}
    return sorted(named(offered.values()), key=lambda choice: choice[1])
