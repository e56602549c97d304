"""The fifteen counties, by the short name under which units and responsibilities know them."""

COUNTIES = (
    "Harju",
    "Hiiu",
    "Ida-Viru",
    "Jõgeva",
    "Järva",
    "Lääne",
    "Lääne-Viru",
    "Põlva",
    "Pärnu",
    "Rapla",
    "Saare",
    "Tartu",
    "Valga",
    "Viljandi",
    "Võru",
)
