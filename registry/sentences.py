"""The words for verdicts, reasons and problems, in the reader's language where they are shown."""

from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Words(NamedTuple):
    level: str  # good, warn, bad or info: colour goes beside words, never instead
    sentence: Promise


VERDICTS: dict[str, Words] = {
    "sole": Words("good", _("May represent alone")),
    "sole_with_conditions": Words("warn", _("May represent alone, but conditions must be read")),
    "joint_satisfied": Words("warn", _("May represent together; a person must confirm it")),
    "joint_incomplete": Words("bad", _("Joint representation: somebody is missing")),
    "needs_reading": Words("warn", _("A person must read the register's entry")),
    "not_listed": Words("bad", _("Not on the register card with this right")),
    "no_board": Words("warn", _("Apartment association without a board")),
    "agency": Words("warn", _("A state or local agency: a person must confirm it")),
    "not_active": Words("bad", _("The status in the register is unusual")),
    "deleted": Words("bad", _("Deleted from the register")),
    "not_found": Words("bad", _("Not found in the register")),
    "open_data_only": Words("warn", _("Only the open data could be looked at")),
    "unavailable": Words("warn", _("The register does not answer")),
}

REASONS: dict[str, Words] = {
    "alone": Words("good", _("May represent alone: %(names)s.")),
    "each_alone": Words("good", _("Each of these may represent alone: %(names)s.")),
    "together": Words("good", _("Together they may represent: %(names)s.")),
    "together_incomplete": Words(
        "bad", _("Only together may represent: %(names)s. Missing: %(missing)s.")
    ),
    "group_together": Words("info", _("Only together may represent: %(names)s.")),
    "not_alone": Words("warn", _("May not represent alone: %(names)s.")),
    "nobody_alone": Words("warn", _("The register shows nobody who may represent alone.")),
    "nobody_on_card": Words("warn", _("The register shows nobody who may represent.")),
    "text_must_be_read": Words(
        "warn", _("The card has a special condition of representation. Read it word for word.")
    ),
    "text_speaks_of_joint": Words("info", _("The condition speaks of representing jointly.")),
    "text_speaks_of_two": Words("info", _("The condition speaks of two persons.")),
    "text_speaks_of_alone": Words("info", _("The condition speaks of representing alone.")),
    "text_speaks_of_chair": Words("info", _("The condition speaks of the chair of the board.")),
    "text_speaks_of_procurist": Words("info", _("The condition speaks of procurists.")),
    "text_names": Words("info", _("The condition names: %(names)s.")),
    "in_liquidation": Words("warn", _("In liquidation: only the liquidator represents.")),
    "bankrupt": Words("warn", _("Bankrupt: only the trustee in bankruptcy represents.")),
    "liquidator_instead": Words(
        "bad",
        _("%(name)s (%(role)s) does not represent any more: the organisation is in liquidation."),
    ),
    "trustee_instead": Words(
        "bad", _("%(name)s (%(role)s) does not represent any more: the organisation is bankrupt.")
    ),
    "role_does_not_represent": Words(
        "bad", _("%(name)s is on the card, but the role does not represent: %(role)s.")
    ),
    "entry_ended": Words("bad", _("The entry of %(name)s (%(role)s) has ended.")),
    "not_on_card": Words("bad", _("%(name)s is not on the register card.")),
    "same_name_other_code": Words(
        "bad", _("Somebody named %(name)s is on the card, but with another personal code.")
    ),
    "personal_code_wrong": Words("warn", _("The personal code given for %(name)s is not correct.")),
    "power_of_attorney_needed": Words(
        "info",
        _("A power of attorney is needed; then check who granted it."),
    ),
    "compare_by_hand": Words(
        "warn",
        _("%(name)s: there is no personal code to compare. Compare name and date of birth."),
    ),
    "namesakes": Words("warn", _("Two persons on the card are named %(name)s: mind the code.")),
    "term_expired": Words(
        "warn", _("The term of office of %(name)s ended on %(day)s: ask for the decision.")
    ),
    "not_yet_in_office": Words("warn", _("%(name)s is not yet in office.")),
    "procurist": Words(
        "info",
        _("%(name)s is a procurist: immovables may be transferred only if the entry says so."),
    ),
    "branch_of_foreign_company": Words(
        "info", _("A branch: the party of the agreement is the foreign company.")
    ),
    "role_needs_reading": Words(
        "warn", _("%(name)s: it must be read what the role allows (%(role)s).")
    ),
    "right_not_stated": Words(
        "warn", _("%(name)s: the register does not say whether alone or jointly.")
    ),
    "signs_through": Words("info", _("Signs for the partner company %(name)s.")),
    "signs_through_with_conditions": Words(
        "warn", _("Signs for the partner company %(name)s, with conditions.")
    ),
    "partner_needs_reading": Words("warn", _("The partner company %(name)s must be read as well.")),
    "partner_unknown": Words(
        "warn", _("The register did not tell who represents the partner company %(name)s.")
    ),
    "chain_too_long": Words(
        "warn", _("The chain of partner companies is too long or circular: %(name)s.")
    ),
    "apartment_association_without_board": Words(
        "warn",
        _(
            "A small apartment association needs no board: then all owners of apartments represent "
            "it jointly. Look at the land register or ask for a power of attorney."
        ),
    ),
    "agency_speaks_for_the_state": Words(
        "info",
        _(
            "An agency is often no legal person: the party is the state or the local government. "
            "Its head signs, or somebody by an internal order."
        ),
    ),
    "agency_without_listed_head": Words("warn", _("The register names no head of the agency.")),
    "status_unknown": Words("warn", _("The register shows an unknown status: %(status)s.")),
    "check_digit_wrong": Words(
        "warn", _("The check digit of the registry code is wrong: look whether it was typed right.")
    ),
    "not_in_register": Words("bad", _("The register knows no organisation with code %(code)s.")),
    "deleted": Words("bad", _("%(name)s has been deleted from the register.")),
    "open_data_cannot_identify": Words(
        "warn",
        _(
            "The open data of %(day)s hold no personal codes, so nobody can be recognised by them: "
            "an extract of the register is needed."
        ),
    ),
    "not_in_open_data": Words(
        "warn",
        _("Not in the open data of %(day)s: %(code)s. It may be deleted, new or mistyped."),
    ),
    "name_on_card": Words("info", _("The name %(name)s is on the card of the open data.")),
    "name_not_on_card": Words("warn", _("The name %(name)s is not on the card of the open data.")),
    "details_not_known": Words("warn", _("The register did not tell the terms of office.")),
}

PROBLEMS: dict[str, Promise] = {
    "register_unavailable": _("The business register does not answer."),
    "register_limit": _("The business register is busy with other questions."),
    "register_refuses_us": _("The business register does not accept our user name or contract."),
    "register_fault": _("The business register answered with an error."),
    "not_configured": _("No connection to the business register has been set up."),
}

IMPORT_REASONS: dict[str, Promise] = {
    "file_changed": _("The file is not the one that was begun."),
    "older_than_ours": _("The file is older than what we have."),
    "no_good_record": _("The file holds no good record; nothing was replaced."),
    "ends_early": _("The file ends early: it was not downloaded whole."),
    "not_readable": _("The file cannot be read."),
    "no_file": _("The file is not there any more."),
    "broken_archive": _("The archive is broken."),
    "not_one_file_in_archive": _("The archive must hold exactly one file."),
    "unknown_content": _("This is not a file of the register's open data that we know."),
    "columns_missing": _("The file lacks columns that we need."),
    "no_header": _("The file has no header."),
    "too_short_to_mark_missing": _(
        "The file is much shorter than the last one, so nothing was marked as missing."
    ),
}

RECORD_REASONS: dict[str, Promise] = {
    "wrong_number_of_columns": _("wrong number of columns"),
    "broken_quotes": _("broken quotation marks"),
    "broken_json": _("broken JSON"),
    "not_utf8": _("not in UTF-8"),
    "zero_byte": _("holds a zero byte"),
    "too_long": _("a value is too long"),
    "no_registry_code": _("no registry code"),
    "no_name": _("no name"),
    "person_without_name": _("a person without a name"),
    "wrong_date": _("a wrong date"),
    "wrong_shape": _("wrong shape"),
    "not_a_record": _("not a record"),
}


def reason_words(reason: dict[str, Any]) -> Words:
    """Put a stored reason into words; one that is no longer known shows its code."""
    known = REASONS.get(reason["code"])
    if known is None:
        return Words("info", reason["code"])
    return Words(known.level, str(known.sentence) % reason.get("parameters", {}))  # type: ignore[arg-type]
