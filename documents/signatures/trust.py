"""A trusted list (TS 119 612): its services, and what status each had at a moment.

Trust begins at the services with their status history, never at root certificates. One TrustList
holds what one check may believe; test and live lists are never put into one.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from documents.signatures.certificate import Certificate
from documents.signatures.qualification import Qualification

CA_QC = "CA/QC"
OCSP_TYPES = ("Certstatus/OCSP/QC", "Certstatus/OCSP")
TSA_QTST = "TSA/QTST"
# The three words of the time before eIDAS stand in the history.
GRANTED = {"granted", "undersupervision", "supervisionincessation", "accredited"}


@dataclass(frozen=True)
class ServiceStatus:
    type: str  # the end of the identifier: CA/QC, TSA/QTST, …
    status: str
    since: dt.datetime
    qualifications: tuple[Qualification, ...] = ()
    purposes: frozenset[str] = frozenset()  # ForeSignatures, ForeSeals, …

    @property
    def is_granted(self) -> bool:
        return self.status in GRANTED


@dataclass(frozen=True)
class Service:
    name: str
    certificates: tuple[Certificate, ...]
    statuses: tuple[ServiceStatus, ...]  # the newest first

    def status_at(self, moment: dt.datetime) -> ServiceStatus | None:
        return next((one for one in self.statuses if one.since <= moment), None)

    def was_granted(self, moment: dt.datetime, *types: str) -> bool:
        status = self.status_at(moment)
        return status is not None and status.is_granted and status.type in types

    def has_type(self, *types: str) -> bool:
        return any(status.type in types for status in self.statuses)


@dataclass(frozen=True)
class TrustList:
    services: tuple[Service, ...]
    territory: str = ""
    sequence: int = 0
    issued_at: dt.datetime | None = None
    next_update: dt.datetime | None = None
    is_list_of_lists: bool = False  # it names other lists and who signs them, and no services
    _by_subject: dict[bytes, list[tuple[Service, Certificate]]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        for service in self.services:
            for certificate in service.certificates:
                key = certificate.subject.public_bytes()
                self._by_subject.setdefault(key, []).append((service, certificate))

    def issuers_of(self, certificate: Certificate) -> Iterator[tuple[Service, Certificate]]:
        """Yield the services whose key signed the certificate."""
        named = self._by_subject.get(certificate.issuer.public_bytes(), [])
        return (pair for pair in named if certificate.is_signed_by(pair[1].key))

    def services_of(self, certificate: Certificate) -> Iterator[Service]:
        """Yield the services of this name and key: a certificate issued anew is the same service."""
        named = self._by_subject.get(certificate.subject.public_bytes(), [])
        return (service for service, listed in named if listed.key == certificate.key)

    def certificates(self, *types: str) -> Iterator[Certificate]:
        for service in self.services:
            if service.has_type(*types):
                yield from service.certificates


def joined(lists: Iterable[TrustList]) -> TrustList:
    """Return one list of several countries' services, all of them live or all of them test."""
    lists = tuple(lists)
    updates = [one.next_update for one in lists if one.next_update]
    return TrustList(
        services=tuple(service for one in lists for service in one.services),
        territory=" ".join(sorted(one.territory for one in lists)),
        next_update=min(updates, default=None),
    )
