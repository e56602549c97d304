"""People who sign an envelope with certificates of our own, and the list that knows their issuer."""

import datetime as dt
import hashlib
import io
import zipfile
import zlib
from functools import cache

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from common.file_types import ASICE, PDF
from common.uploads import check_upload
from documents.actions.judge_return import judge_return
from documents.models import CameBy, ReturnedFile, TrustedList
from documents.queries import container_to_sign
from documents.trust_words import ListKind, Verification
from tests.documents.signatures import lists, pki, xades

# WeasyPrint leaves its own colour profile for the garbage collector to close.
quiet = pytest.mark.filterwarnings(
    "ignore:Exception ignored in.*sRGB2014:pytest.PytestUnraisableExceptionWarning"
)
DAY = dt.timedelta(days=1)


def keep_trusted_list(at=None):
    """The list of our own world is in force, in the live store."""
    at = at or timezone.now()
    content = lists.list_xml(*lists.usual(), next_update=at + 180 * DAY)
    return TrustedList.objects.create(
        store="live",
        kind=ListKind.SERVICES,
        territory="EE",
        source="list.xml",
        sequence=7,
        issued_at=at,
        next_update=at + 180 * DAY,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        content=zlib.compress(content),
        fetched_at=at,
        checked_at=at,
        verification=Verification.AS_IT_IS,
        reason="for a test",
    )


@cache
def holder(code, name="ALLKIRJASTAJA"):
    """The ID card of the person with this code; one card a person."""
    return pki.signer(pki.world().issuer, f"{name},{code}", f"PNOEE-{code}")


def read(stored):
    with stored.file.open("rb") as file:
        return file.read()


def signed(container, *codes, at=None, files=None):
    """Return the container with one more signature of each of these people."""
    at = (at or timezone.now()).astimezone(dt.UTC).replace(microsecond=0)
    with zipfile.ZipFile(io.BytesIO(container)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    papers = {
        name: content
        for name, content in entries.items()
        if name != "mimetype" and not name.startswith("META-INF/")
    }
    if files is not None:
        papers = files
    before = [name for name in entries if name.startswith("META-INF/signatures")]
    signatures = {name: entries[name] for name in before}
    for number, code in enumerate(codes, len(before)):
        making = xades.Making(
            files=papers,
            signer=holder(code),
            signed_at=at,
            timestamp_at=at,
            ocsp_at=at,
            identifier=f"S{number}",
            media_type=PDF,
        )
        signatures[f"META-INF/signatures{number}.xml"] = xades.signature_xml(making)
    manifest = xades.manifest(papers, PDF)
    whole = [("mimetype", ASICE.encode()), *papers.items(), ("META-INF/manifest.xml", manifest)]
    return xades.zipped([*whole, *signatures.items()])


def upload(content, name="ümbrik.asice", allowed=(ASICE, PDF)):
    return check_upload(ContentFile(content, name=name), allowed=allowed)


def signed_by(envelope, *codes, at=None):
    """What these people bring back: the container that the page offers them, signed."""
    return signed(read(container_to_sign(envelope)), *codes, at=at)


def judged(returned, at=None):
    """The worker has judged the file."""
    judge_return(returned=ReturnedFile.objects.get(pk=returned.pk), at=at or timezone.now())
    return ReturnedFile.objects.get(pk=returned.pk)


STAFF = CameBy.STAFF
