"""What the open data can tell: never whether these very people may sign."""

from collections.abc import Sequence
from datetime import date

from registry.representation.assess import ORDINARY_STATUSES
from registry.representation.codes import has_registry_check_digit, plain_code
from registry.representation.records import OrganisationAnswer, Signatory
from registry.representation.roles import Acting, acting
from registry.representation.verdicts import Assessment, Reason, Verdict


def assess_open_data(
    answer: OrganisationAnswer | None,
    *,
    code: str,
    signatories: Sequence[Signatory],
    day: date | None,
) -> Assessment:
    """Tell what the copy of `day` says. Personal codes are withheld there, so nobody is recognised."""
    notes = [] if has_registry_check_digit(plain_code(code)) else [Reason.of("check_digit_wrong")]
    shown = f"{day:%d.%m.%Y}" if day else "–"
    if answer is None:
        absent = Reason.of("not_in_open_data", code=code, day=shown)
        return Assessment(Verdict.OPEN_DATA_ONLY, (absent, *notes))
    reasons = [Reason.of("open_data_cannot_identify", day=shown)]
    if answer.status not in ORDINARY_STATUSES:
        reasons.append(
            Reason.of("status_unknown", status=answer.status_text or answer.status or "?")
        )
    reasons += [Reason.of("in_liquidation")] if answer.status == "L" else []
    reasons += [Reason.of("bankrupt")] if answer.status == "N" else []
    if answer.deviations:
        reasons.append(Reason.of("text_must_be_read"))
    able = [one for one in answer.persons if acting(one.role, answer.status) != Acting.NO]
    for signatory in signatories:
        named = [one for one in able if one.is_named(signatory.name)]
        code_of_reason = "name_on_card" if named else "name_not_on_card"
        reasons.append(Reason.of(code_of_reason, name=signatory.name))
        if len(named) > 1:
            reasons.append(Reason.of("namesakes", name=signatory.name))
    return Assessment(Verdict.OPEN_DATA_ONLY, (*reasons, *notes))
