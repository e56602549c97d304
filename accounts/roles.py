"""Which role may do what, and how far. `docs/roles.md` says it in words; a test holds them together."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger("servicedesk.accounts")


class Scope(IntEnum):
    """How far a permission reaches: what is one's own, one's unit's, or everything."""

    OWN = 1
    UNIT = 2
    ALL = 3


@dataclass(frozen=True)
class Role:
    label: Promise
    sentence: Promise
    permissions: Mapping[str, Scope]


EVERYONE: dict[str, Scope] = {
    "workspace.view_my_day": Scope.OWN,
    "workspace.search": Scope.ALL,
    "common.note_presence": Scope.OWN,
    "accounts.view_directory": Scope.ALL,
    "accounts.view_competence": Scope.ALL,
    "accounts.view_substitution": Scope.OWN,
    "accounts.change_own_settings": Scope.OWN,
    "knowledge.view_article": Scope.ALL,
}
DESK: dict[str, Scope] = {
    **EVERYONE,
    "accounts.view_line": Scope.ALL,
    "accounts.change_line_state": Scope.OWN,
    "inquiries.view_inquiry": Scope.ALL,
    "inquiries.log_inquiry": Scope.OWN,
    "inquiries.change_inquiry": Scope.OWN,
    "inquiries.export_inquiry": Scope.OWN,
    "inquiries.take_over_inquiry": Scope.ALL,
    "inquiries.keep_callback": Scope.ALL,
    "inquiries.register_letter": Scope.OWN,
    "inquiries.answer_letter": Scope.OWN,
    "inquiries.view_restricted": Scope.OWN,
    "inquiries.view_phone_call": Scope.ALL,
    "inquiries.handle_phone_call": Scope.ALL,
    "clients.view_client": Scope.ALL,
    "clients.change_client": Scope.ALL,
    "clients.reveal_code": Scope.ALL,
    "clients.merge_client": Scope.ALL,
    "registry.view_organisation": Scope.ALL,
    "registry.check_representation": Scope.ALL,
    "registry.reveal_code": Scope.ALL,
    "documents.view_case": Scope.ALL,
    "documents.change_case": Scope.OWN,
    "documents.sign_paper": Scope.OWN,
    "documents.view_access": Scope.ALL,
    "documents.close_access": Scope.ALL,
    "tickets.view_ticket": Scope.ALL,
    "tickets.raise_ticket": Scope.OWN,
    "tickets.change_ticket": Scope.OWN,
    "tickets.export_ticket": Scope.OWN,
    "tickets.keep_replies": Scope.OWN,
}

ROLES: dict[str, Role] = {
    "specialist": Role(
        _("Specialist"),
        _("Answers calls and letters, draws up access papers, follows tickets to the end."),
        DESK,
    ),
    "coordinator": Role(
        _("Senior specialist"),
        _("Does a specialist's work and coordinates the day of client support."),
        {
            **DESK,
            "workspace.view_line": Scope.ALL,
            "workspace.issue_wall_link": Scope.ALL,
            "inquiries.change_inquiry": Scope.ALL,
            "inquiries.export_inquiry": Scope.ALL,
            "inquiries.import_past": Scope.ALL,
            "inquiries.view_restricted": Scope.ALL,
            "inquiries.block_number": Scope.ALL,
            "inquiries.import_calls": Scope.ALL,
            "inquiries.answer_letter": Scope.ALL,
            "inquiries.assign_letter": Scope.ALL,
            "inquiries.read_for_quality": Scope.ALL,
            "documents.change_case": Scope.ALL,
            "tickets.change_ticket": Scope.ALL,
            "tickets.hand_over_ticket": Scope.ALL,
            "tickets.export_ticket": Scope.ALL,
            "tickets.keep_replies": Scope.ALL,
            "accounts.change_line_state": Scope.ALL,
            "accounts.arrange_substitution": Scope.UNIT,
            "accounts.change_competence": Scope.UNIT,
            "knowledge.change_article": Scope.ALL,
            "registry.confirm_check": Scope.ALL,
            "common.send_mail_again": Scope.ALL,
            "inquiries.keep_mailbox": Scope.ALL,
            "inquiries.view_satisfaction": Scope.ALL,
        },
    ),
    "head_of_customer_service": Role(
        _("Head of customer service"),
        _("Leads the specialists and decides about the organisation of work."),
        {
            **DESK,
            "workspace.view_line": Scope.ALL,
            "workspace.issue_wall_link": Scope.ALL,
            "inquiries.change_inquiry": Scope.ALL,
            "inquiries.export_inquiry": Scope.ALL,
            "inquiries.import_past": Scope.ALL,
            "inquiries.view_restricted": Scope.ALL,
            "inquiries.block_number": Scope.ALL,
            "inquiries.import_calls": Scope.ALL,
            "inquiries.answer_letter": Scope.ALL,
            "inquiries.assign_letter": Scope.ALL,
            "inquiries.read_for_quality": Scope.ALL,
            "documents.change_case": Scope.ALL,
            "documents.approve_template": Scope.ALL,
            "tickets.change_ticket": Scope.ALL,
            "tickets.hand_over_ticket": Scope.ALL,
            "tickets.export_ticket": Scope.ALL,
            "tickets.keep_replies": Scope.ALL,
            "accounts.change_line_state": Scope.ALL,
            "accounts.arrange_substitution": Scope.ALL,
            "accounts.change_competence": Scope.ALL,
            "knowledge.change_article": Scope.ALL,
            "registry.confirm_check": Scope.ALL,
            "common.send_mail_again": Scope.ALL,
            "inquiries.keep_mailbox": Scope.ALL,
            "inquiries.view_satisfaction": Scope.ALL,
        },
    ),
    "head_of_department": Role(
        _("Head of department"),
        _("Sees how the department serves its clients and decides about proposals."),
        {
            **EVERYONE,
            "workspace.view_line": Scope.ALL,
            "inquiries.view_phone_call": Scope.ALL,
            "inquiries.view_inquiry": Scope.ALL,
            "inquiries.view_restricted": Scope.ALL,
            "accounts.view_line": Scope.ALL,
            "inquiries.view_satisfaction": Scope.ALL,
            "documents.approve_template": Scope.ALL,
            "accounts.arrange_substitution": Scope.ALL,
            "accounts.change_competence": Scope.ALL,
        },
    ),
    "unit_head": Role(
        _("Head of a structural unit"),
        _("Gets the inquiries of the unit's topics and answers what was forwarded."),
        {
            **EVERYONE,
            "inquiries.view_inquiry": Scope.UNIT,
            "inquiries.view_restricted": Scope.UNIT,
            "inquiries.answer_for_unit": Scope.UNIT,
        },
    ),
    "counter": Role(
        _("Counter staff"),
        _("Receives visitors and papers in an office."),
        {
            **EVERYONE,
            "inquiries.view_inquiry": Scope.OWN,
            "inquiries.log_inquiry": Scope.OWN,
            "inquiries.register_letter": Scope.OWN,
            "inquiries.change_inquiry": Scope.OWN,
            "inquiries.keep_callback": Scope.OWN,
            "inquiries.view_restricted": Scope.OWN,
            "clients.view_client": Scope.ALL,
            "clients.change_client": Scope.ALL,
            "registry.view_organisation": Scope.ALL,
        },
    ),
    "registrar": Role(
        _("Registrar of documents"),
        _("Registers the papers and letters that reach the agency."),
        {**EVERYONE, "inquiries.register_letter": Scope.OWN},
    ),
    "solver": Role(
        _("Tier II solver"),
        _("Solves the tickets that tier I passes on."),
        {
            **EVERYONE,
            "tickets.view_ticket": Scope.UNIT,
            "tickets.work_on_ticket": Scope.UNIT,
        },
    ),
    "auditor": Role(
        _("Data-protection officer"),
        _("Reads the access log and looks into how personal data is used."),
        {**EVERYONE, "accounts.view_access_log": Scope.ALL},
    ),
    "administrator": Role(
        _("Administrator"),
        _("Keeps accounts, reference data and imports in order; sees no client's data."),
        {
            **EVERYONE,
            "accounts.manage_staff": Scope.ALL,
            "accounts.manage_tokens": Scope.ALL,
            "common.send_mail_again": Scope.ALL,
            "knowledge.change_article": Scope.ALL,
            "registry.view_organisation": Scope.ALL,
            "registry.import_open_data": Scope.ALL,
            "inquiries.manage_phone_line": Scope.ALL,
            "documents.change_template": Scope.ALL,
            "documents.keep_trusted_lists": Scope.ALL,
            "tickets.keep_groups": Scope.ALL,
        },
    ),
}

PERMISSIONS_OF: dict[str, Mapping[str, Scope]] = {
    code: role.permissions for code, role in ROLES.items()
}


def is_known(code: str) -> bool:
    """Whether this code knows the role; one that another version left behind counts for nothing."""
    if code in ROLES:
        return True
    _tell_of_unknown(code)
    return False


@cache
def _tell_of_unknown(code: str) -> None:
    """Once in each process, not on each page."""
    logger.warning("A role is held that this code does not know, and counts for nothing: %s", code)
