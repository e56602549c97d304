"""What the variables of a template hold of a paper's content: the person, rights, and what ends."""

import datetime as dt

from documents.kinds import SERVICE_TITLES, AccessKind, Effect, PortalService, SignerRole
from documents.models import Access, Paper, PaperContent

VIEW, DRAFT, SUBMIT = "view", "draft", "submit"


def content_variables(paper: Paper) -> dict[str, object]:
    """Return the variables of the paper's content; empty for a paper that has none."""
    content = PaperContent.objects.filter(paper=paper).first()
    if content is None:
        return {}
    return {
        "kasutaja": {
            "nimi": content.person_name,
            "isikukood": content.personal_code,
            "epost": content.email,
            "telefon": content.phone,
        },
        "oigused": rights_in_words(content.services),
        "kehtivus": {
            "algus": day_in_words(content.valid_from),
            "lopp": day_in_words(content.valid_until),
        },
        "edasivolitus": content.may_delegate,
        "peakasutaja": _main_user(content),
        "lopp": _end(content),
        "peakasutajana": _ended_kind(content) == AccessKind.MAIN_USER,
        "teavitatud": day_in_words(content.principal_told_on),
        "rikkumine": {"satte_viide": content.provision, "kirjeldus": content.breach},
        "soltuvad": _dependants(content),
        "soltuvad_suletakse": content.closes_dependants,
        **_ended_paper(content),
    }


def day_in_words(day: dt.date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""


def rights_in_words(services: dict[str, list[str]]) -> list[dict[str, str]]:
    return [
        {
            "teenus": SERVICE_TITLES[PortalService(code)],
            "vaatamine": _yes(VIEW in rights),
            "koostamine": _yes(DRAFT in rights),
            "esitamine": _yes(SUBMIT in rights),
        }
        for code, rights in services.items()
    ]


def _yes(is_so: bool) -> str:
    return "jah" if is_so else "ei"


def _main_user(content: PaperContent) -> dict[str, str]:
    roles = content.paper.signers_wanted.roles
    access = content.main_user if SignerRole.MAIN_USER in roles else None
    if access is None:
        return {"nimi": "", "isikukood": "", "volikirja_nr": ""}
    return {
        "nimi": access.person_name,
        "isikukood": access.personal_code,
        "volikirja_nr": access.granted_by.number or "",
    }


def _end(content: PaperContent) -> dict[str, object]:
    return {
        "kuupaev": day_in_words(content.last_day),
        "kohe": content.effect in {Effect.ON_RECEIPT, Effect.AT_ONCE},
        "kolmkummend_paeva": content.effect == Effect.THIRTY_DAYS,
    }


def _ended_kind(content: PaperContent) -> str:
    return content.ended_access.kind if content.ended_access else ""


def _ended_paper(content: PaperContent) -> dict[str, object]:
    """The paper by which what ends was given: an agreement or an authorisation."""
    granted = content.ended_access.granted_by if content.ended_access else None
    named = {
        "number": (granted.number or "") if granted else "",
        "kuupaev": day_in_words(granted.registered_on) if granted else "",
    }
    return {"leping": named, "volikiri": named}


def _dependants(content: PaperContent) -> list[dict[str, str]]:
    if content.ended_access is None:
        return []
    open_ones = content.ended_access.dependants.filter(closed_at__isnull=True)
    rows: list[Access] = list(open_ones.select_related("granted_by").order_by("person_name", "pk"))
    return [{"nimi": one.person_name, "volikirja_nr": one.granted_by.number or ""} for one in rows]
