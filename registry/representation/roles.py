"""What a role on the card is good for. The register's own «alone: yes or no» still decides."""

from enum import Enum


class Part(Enum):
    REPRESENTS = "represents"
    LIQUIDATOR = "liquidator"
    TRUSTEE = "trustee"
    ESCALATE = "escalate"
    NONE = "none"
    UNKNOWN = "unknown"


class Acting(Enum):
    YES = "yes"
    NO = "no"
    READ = "read"  # perhaps: a person must look


REPRESENTS = frozenset(
    [
        "JUHL",
        "JUHA",
        "JUHE",
        "JUHJ",
        "PROK",
        "TOSAN",
        "EUSOS",
        "EUSOS2",
        "SJESI",
        "ESIS",
        "ESIS2",
        "ESOI",
        "ASES",
        "VFILJ",
        "FIE",
        "ETTEV",
        "VALIT",
    ]
)
LIQUIDATORS = frozenset({"LIKV", "LIKVJ"})
TRUSTEES = frozenset({"PANKR"})
ESCALATE = frozenset(["AJPH", "AJUTPH", "JPNKR", "MORAH", "ERIH", "FV", "HNKL", "V"])
NONE = frozenset(
    [
        "UOSAN",
        "KOAS",
        "N",
        "E",
        "R",
        "J",
        "D",
        "M",
        "P",
        "A",
        "B",
        "O",
        "OSAN",
        "S",
        "H",
        "HUL",
        "K",
        "L",
        "W",
        "YHL",
        "YHLLV",
        "ORP",
        "ARP",
        "KISIK",
        "MDKPI",
        "DOKH",
        "PANTP",
        "TVH",
        "YFI",
    ]
)
PROCURISTS = frozenset({"PROK"})
SELF_EMPLOYED = frozenset({"FIE", "ETTEV"})
BRANCH_MANAGERS = frozenset({"VFILJ"})

AGENCIES = frozenset({"TRAS", "KOVAS", "AVOIG"})
APARTMENT_ASSOCIATION = "KÜ"


def part_of(role: str) -> Part:
    for part, roles in (
        (Part.REPRESENTS, REPRESENTS),
        (Part.LIQUIDATOR, LIQUIDATORS),
        (Part.TRUSTEE, TRUSTEES),
        (Part.ESCALATE, ESCALATE),
        (Part.NONE, NONE),
    ):
        if role in roles:
            return part
    return Part.UNKNOWN


def acting(role: str, status: str) -> Acting:
    """Say whether a holder of the role acts for an organisation of this status.

    In liquidation only the liquidator does, in bankruptcy only the trustee.
    """
    part = part_of(role)
    if part in {Part.ESCALATE, Part.UNKNOWN}:
        return Acting.READ
    wanted = {"R": Part.REPRESENTS, "L": Part.LIQUIDATOR, "N": Part.TRUSTEE}.get(status)
    if wanted is None:
        return Acting.NO if part == Part.NONE else Acting.READ
    if part == wanted:
        return Acting.YES
    # A liquidator or trustee on the card of an organisation that is «registered»: somebody must look.
    return Acting.READ if status == "R" and part != Part.NONE else Acting.NO
