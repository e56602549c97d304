from datetime import datetime

from documents.actions.keep_trusted_list import (
    Proof,
    keep_trusted_list,
    read_list,
    verified_signer,
)
from documents.list_problems import ListProblem, ListSignatureWrong, NoListOfLists
from documents.list_signers import list_of_lists_in_force, pointer_to
from documents.models import TrustedList
from documents.signatures.certificate import Certificate


def load_trusted_list(
    *, content: bytes, name: str, store: str, signers: list[Certificate], at: datetime
) -> TrustedList:
    """A file is brought to where no list can be fetched.

    1. A list of lists is verified by the certificates that are given.
    2. A country's list is verified by those that the kept list of lists names for it, else by those
       that are given.
    3. Keep it. Raises a ListProblem; then nothing has changed.
    """
    facts = read_list(content)
    if facts.is_list_of_lists:
        proof = Proof(verified_signer(content, signers))
    else:
        proof = _proof_of_country(content, facts.territory, store, signers, at)
    return keep_trusted_list(store=store, source=name, content=content, proof=proof, at=at)


def load_as_it_is(
    *, content: bytes, name: str, store: str, reason: str, at: datetime
) -> TrustedList:
    """A file is believed because somebody vouches for it, without a look at its signature.

    1. Keep it with the reason, which is shown wherever the list is.
    """
    return keep_trusted_list(
        store=store, source=name, content=content, proof=Proof(reason=reason), at=at
    )


def _proof_of_country(
    content: bytes, territory: str, store: str, signers: list[Certificate], at: datetime
) -> Proof:
    lists = list_of_lists_in_force(store, signers, at)
    try:
        if lists is None:
            raise NoListOfLists
        named = pointer_to(lists, territory).certificates
        return Proof(verified_signer(content, named), named_by=lists)
    except ListProblem as problem:
        try:
            return Proof(verified_signer(content, signers))
        except ListSignatureWrong:
            raise problem from None
