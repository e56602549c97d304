"""Values by which the wording of a paper is shown while it is written: nobody's, and in Estonian."""

from collections.abc import Mapping

from django.conf import settings

from documents.kinds import SERVICE_TITLES, PaperKind, PortalService

_PEOPLE = (
    {
        "nimi": "Mari Maasikas",
        "isikukood": "47001011016",
        "ametikoht": "juhatuse liige",
        "alus": "seaduse",
        "esindusviis": "ühiselt",
    },
    {
        "nimi": "Jüri Õunapuu",
        "isikukood": "37001011004",
        "ametikoht": "juhatuse liige",
        "alus": "seaduse",
        "esindusviis": "ühiselt",
    },
)


def sample_values(kind: PaperKind) -> dict[str, object]:
    """Return a value for each variable that a wording of the kind may name."""
    samples = _SAMPLES | {"amet": _agency()}
    return {name: samples[name] for name in kind.variables}


def variable_names(kind: PaperKind) -> list[tuple[str, str]]:
    """Return what a wording of the kind may say, as it is typed, each with the sample's value."""
    return _named("", sample_values(kind))


def _named(name: str, value: object) -> list[tuple[str, str]]:
    if isinstance(value, Mapping):
        prefix = f"{name}." if name else ""
        return [row for key, inner in value.items() for row in _named(f"{prefix}{key}", inner)]
    if isinstance(value, list):
        return [
            (f"{{% for x in {name} %}}{said}{{% endfor %}}", shown)
            for said, shown in _named("x", value[0])
        ]
    if isinstance(value, bool):
        return [(f"{{% if {name} %}}…{{% endif %}}", "jah" if value else "ei")]
    return [(f"{{{{ {name} }}}}", str(value))]


def _agency() -> dict[str, object]:
    agency = settings.AGENCY
    return {
        "nimi": agency["name"],
        "registrikood": agency["registry_code"],
        "aadress": agency["address"],
        "telefon": agency["phone"],
        "epost": agency["email"],
        "allkirjastaja": {
            "nimi": "Tiina Tamm",
            "ametikoht": "klienditeeninduse juht",
            "alus": "peadirektori käskkirja nr 1-1/26/5",
        },
    }


_SAMPLES: dict[str, object] = {
    "dok": {"number": "NÄIDIS-2026-000001", "kuupaev": "22.11.2026", "versioon": "1"},
    "klient": {
        "nimi": "Näidis OÜ",
        "registrikood": "19999905",
        "oiguslik_vorm": "osaühing",
        "aadress": "Roheline tn 1, 80010 Pärnu",
        "epost": "info@naidis.example.ee",
        "telefon": "+372 5300 1234",
    },
    "esindajad": list(_PEOPLE),
    "uhine_esindus": True,
    "kasutaja": {
        "nimi": "Kati Kask",
        "isikukood": "47001011027",
        "epost": "kati@naidis.example.ee",
        "telefon": "+372 5300 1235",
    },
    "oigused": [
        {
            "teenus": SERVICE_TITLES[service],
            "vaatamine": "jah",
            "koostamine": "jah",
            "esitamine": "ei",
        }
        for service in (PortalService.CHARGES, PortalService.MANURE)
    ],
    "kehtivus": {"algus": "01.12.2026", "lopp": "30.11.2027"},
    "edasivolitus": True,
    "peakasutaja": {
        "nimi": "Peeter Paju",
        "isikukood": "37001011059",
        "volikirja_nr": "VP-2026-000007",
    },
    "peakasutajana": True,
    "teavitatud": "20.11.2026",
    "leping": {"number": "KL-2026-000003", "kuupaev": "02.02.2026"},
    "volikiri": {"number": "VP-2026-000007", "kuupaev": "03.02.2026"},
    "lopp": {"kuupaev": "31.12.2026", "kohe": False, "kolmkummend_paeva": False},
    "soltuvad": [{"nimi": "Kati Kask", "volikirja_nr": "VT-2026-000011"}],
    "soltuvad_suletakse": True,
    "rikkumine": {"satte_viide": "lepingu p 4.4", "kirjeldus": "portaali tööd segati"},
}
