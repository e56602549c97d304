"""One container judged by the usual list, an hour after it was signed."""

from documents.signatures import DEFAULT, check_container
from tests.documents.signatures import lists, pki

AT = pki.NOW + 60 * pki.MINUTE


def judge(content, trust=None, at=AT, policy=DEFAULT):
    return check_container(
        content, name="paper.asice", trust=trust or lists.trust(), at=at, policy=policy
    )


def codes(content, **options):
    return judge(content, **options).codes()
