"""Who may act for an organisation, read as the law and the register's own tables do. No Django here."""

from registry.representation.assess import assess
from registry.representation.open_data import assess_open_data
from registry.representation.records import (
    Deviation,
    Group,
    OrganisationAnswer,
    Person,
    Signatory,
)
from registry.representation.verdicts import Assessment, Reason, Verdict

__all__ = [
    "Assessment",
    "Deviation",
    "Group",
    "OrganisationAnswer",
    "Person",
    "Reason",
    "Signatory",
    "Verdict",
    "assess",
    "assess_open_data",
]
