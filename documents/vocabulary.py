"""The variables that a template may name, as data; a list stands for \"one or several of these\"."""

PARTIES: dict[str, object] = {
    "dok": {"number": "", "kuupaev": "", "versioon": ""},
    "amet": {
        "nimi": "",
        "registrikood": "",
        "aadress": "",
        "telefon": "",
        "epost": "",
        "allkirjastaja": {"nimi": "", "ametikoht": "", "alus": ""},
    },
    "klient": {
        "nimi": "",
        "registrikood": "",
        "oiguslik_vorm": "",
        "aadress": "",
        "epost": "",
        "telefon": "",
    },
}
REPRESENTED: dict[str, object] = {
    "esindajad": [
        {"nimi": "", "isikukood": "", "ametikoht": "", "alus": "", "esindusviis": ""},
    ],
    "uhine_esindus": "",
}
PERSON: dict[str, object] = {"kasutaja": {"nimi": "", "isikukood": "", "epost": "", "telefon": ""}}
RIGHTS: dict[str, object] = {
    "oigused": [{"teenus": "", "vaatamine": "", "koostamine": "", "esitamine": ""}],
    "kehtivus": {"algus": "", "lopp": ""},
}
MAIN_USER: dict[str, object] = {
    "peakasutaja": {"nimi": "", "isikukood": "", "volikirja_nr": ""},
}
END: dict[str, object] = {"lopp": {"kuupaev": "", "kohe": "", "kolmkummend_paeva": ""}}
AUTHORISATION: dict[str, object] = {"volikiri": {"number": "", "kuupaev": ""}}
AGREEMENT: dict[str, object] = {"leping": {"number": "", "kuupaev": ""}}
COMMON_VARIABLES: dict[str, object] = {**PARTIES, **REPRESENTED}
