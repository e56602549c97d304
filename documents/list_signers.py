"""Who may sign which list: the configured certificates, and those that the list of lists names."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from documents.list_problems import NoSigners, NotNamed
from documents.models import TrustedList
from documents.signatures.certificate import Certificate, load
from documents.signatures.report import Refused
from documents.signatures.trust_reader import Pointer, read_list_xml, read_pointers
from documents.trust_words import ListKind


def signers_in(path: Path | str) -> list[Certificate]:
    """Return the certificates of a file, or of all files in a folder. Raises NoSigners.

    One that cannot be read is no reason to go on with the others: somebody meant it to count.
    """
    if not path:
        raise NoSigners
    place = Path(path)
    files = sorted(place.iterdir()) if place.is_dir() else [place]
    found = [one for file in files if not file.name.startswith(".") for one in _certificates(file)]
    if not found:
        raise NoSigners(place.name)
    return found


def _certificates(file: Path) -> list[Certificate]:
    try:
        content = file.read_bytes()
        if b"-----BEGIN" not in content:
            return [load(content)]
        parsed = x509.load_pem_x509_certificates(content)
        return [load(one.public_bytes(Encoding.DER)) for one in parsed]
    except (OSError, ValueError, Refused) as error:
        raise NoSigners(file.name) from error


def list_of_lists_in_force(
    store: str, signers: Iterable[Certificate], at: datetime
) -> TrustedList | None:
    """Return the kept list of lists, if whoever signed it is still believed and its time is not over."""
    kept = TrustedList.objects.current(store).filter(kind=ListKind.LISTS).first()
    is_believed = kept is not None and kept.signer_sha256 in {one.sha256 for one in signers}
    return kept if is_believed and kept and not kept.is_out_of_date(at) else None


def pointer_to(lists: TrustedList, territory: str) -> Pointer:
    """Return where the list of a country is and who signs it. Raises NotNamed."""
    for pointer in read_pointers(read_list_xml(lists.xml())):
        if pointer.territory == territory:
            return pointer
    raise NotNamed(territory)
