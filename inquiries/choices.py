"""What the lists of choices on the inquiry pages offer; each costs one query."""

from collections.abc import Iterable
from operator import itemgetter

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.forms import ChoiceField
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from accounts.roles import PERMISSIONS_OF
from knowledge.languages import reader_language
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


def in_language(rows: QuerySet, *columns: str):
    """Rows with the key and the name in the reader's language, else in Estonian."""
    own = NullIf(f"name_{reader_language()}", Value(""))
    return rows.values_list("pk", Coalesce(own, "name_et"), *columns)


def topics(*, with_groups):
    """Topics under their groups; with groups, a group itself may be chosen."""
    tree: dict[int, list[tuple]] = {}
    rows = in_language(Topic.objects.order_by("position", "pk"), "level", "parent")
    for pk, name, level, parent in rows:
        tree.setdefault(parent or pk, []).append((level, pk, name))
    offered = []
    for family in tree.values():
        (_level, group, title), *others = sorted(family, key=itemgetter(0))
        whole = [(group, _("%(group)s: all") % {"group": title})] * with_groups
        offered.append((title, [*whole, *((pk, name) for _level, pk, name in others)]))
    return offered


def units():
    return list(in_language(Unit.objects.all()))


def agents():
    """Those who log inquiries, today or before: an agent who left still has theirs."""
    rows = User.objects.filter(role_assignments__role__in=LOGGING_ROLES).distinct()
    rows = rows.order_by("last_name", "first_name", "pk")
    return [
        (pk, f"{first} {last}".strip() or username)
        for pk, first, last, username in rows.values_list(
            "pk", "first_name", "last_name", "username"
        )
    ]


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
    return list(in_language(ReferralBody.objects.all()))


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
