"""What the tickets of the demo say. Made up; no person, no permit and no place is meant."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    group: str
    summary: str
    description: str
    steps: str
    facts: Mapping[str, str]


def _it(screen: str, error: str, *, browser: str = "Chrome 141", role: str = "peakasutaja") -> dict[str, str]:  # fmt: skip
    return {
        "system": "KOTKAS",
        "screen": screen,
        "happened": "täna kell 10.15",
        "error_text": error,
        "browser": browser,
        "user_role": role,
    }


TEXTS: tuple[Text, ...] = (
    Text(
        "IT",
        "KOTKAS: veearuande ridu ei saa salvestada",
        "Klient parandab IV kvartali veearuande ridu. Salvestamisel tuleb teade, et kirje on lukustatud, kuigi keegi teine seda ei muuda.",
        "Logis välja ja uuesti sisse, proovis teise brauseriga ja järgmisel päeval.",
        _it("Aruanded > Vesi > IV kvartal", "Kirje on lukustatud"),
    ),
    Text(
        "LOAHALDUR",
        "Veeloa muutmise taotlus seisab menetluses",
        "Klient esitas veeloa muutmise taotluse kolm kuud tagasi. Portaalis on olek endiselt «Registreeritud» ja loahaldurit ei ole määratud.",
        "Vaatasin taotluse oleku üle, helistasin kliendile ja kontrollisin, et riigilõiv on laekunud.",
        {"permit_number": "KL-512345"},
    ),
    Text(
        "VALDKOND",
        "Kas ojakallast tohib kindlustada ilma loata",
        "Klient küsib, kas oma kinnistul tohib ojakallast maakividega kindlustada ja kui pikalt ilma veeloata.",
        "Andsin üldise selgituse veeseaduse järgi ja saatsin artikli, klient soovib vastust oma kinnistu kohta.",
        {"place": "Kose vald, Ravila küla"},
    ),
    Text(
        "IT",
        "Proto: lisatud fail kaob pärast salvestamist",
        "Jäätmearuandele lisatud tabel on enne salvestamist näha, pärast salvestamist on manuste nimekiri tühi.",
        "Proovis väiksema failiga ja PDF-iga, kustutas brauseri vahemälu.",
        _it("Jäätmearuanne > Manused", "Manuseid ei ole", browser="Edge 140", role="esitaja"),
    ),
    Text(
        "VALDKOND",
        "Metsateatis: kaitsealuse liigi leiukoht langil",
        "Metsaomanik sai metsateatisele keelduva vastuse kaitsealuse liigi tõttu ja soovib teada, millal raiepiirang lõpeb.",
        "Vaatasin teatise ja otsuse üle, selgitasin vaidlustamise korda.",
        {"place": "Põlva vald, Kiidjärve", "permit_number": "MT-50123"},
    ),
    Text(
        "LOAHALDUR",
        "Jäätmeloa lisakoodi ei saa valida",
        "Ettevõte soovib jäätmeloale lisada jäätmekoodi 17 05 04, kuid taotluse vormil seda valikus ei ole.",
        "Kontrollisin koodi määrusest ja proovisin vormi koos kliendiga läbi täita.",
        {"permit_number": "taotlus 20931, L.JÄ/512777"},
    ),
    Text(
        "IT",
        "ID-kaardiga sisselogimine viib tühjale lehele",
        "Pärast PIN1 sisestamist jääb ekraan valgeks ja portaali avaleht ei avane. Mobiil-ID-ga on sama.",
        "Uuendas ID-tarkvara, proovis teises arvutis ja privaataknas.",
        _it("Avaleht > Sisene", "ekraan jääb valgeks, teadet ei ole", browser="Firefox 144", role="tavakasutaja"),
    ),
    Text(
        "VALDKOND",
        "Pakendiaruande koguste parandamine pärast tähtaega",
        "Ettevõte märkas, et eelmise aasta pakendiaruandes on klaasi kogus kümme korda liiga suur. Vorm on lukus.",
        "Selgitasin, et paranduse avab ametnik; klient saatis õiged kogused e-kirjaga.",
        {"place": "Tartu linn, ettevõtte ladu Ringteel"},
    ),
    Text(
        "IT",
        "Kasutajale ei jõua parooli vahetamise kiri",
        "Kasutaja tellis parooli vahetamise lingi kolm korda, ühtegi kirja ei ole tulnud, ka rämpspostis ei ole.",
        "Kontrollisin e-posti aadressi kaardilt ja palusin oodata tunni.",
        _it("Sisene > Unustasin parooli", "Kiri on saadetud", role="tavakasutaja"),
    ),
    Text(
        "LOAHALDUR",
        "Kompleksloa seirearuande tähtaeg",
        "Käitaja küsib, kas seirearuande võib esitada kaks nädalat hiljem, sest labor ei jõua proove analüüsida.",
        "Juhatasin loa tingimuste juurde, klient soovib kirjalikku vastust.",
        {"permit_number": "KKL/300112"},
    ),
)  # fmt: skip
ASKED = (
    "Milline aruande rida see täpselt on? Palun lisada ka ekraanipilt.",
    "Kas klient kasutas sama brauserit mõlemas arvutis?",
    "Palume taotluse numbrit, selle nimega taotlusi on mitu.",
)
WORDS = (
    "Viga on korratud, otsime põhjust. Järgmine teade homme hommikul.",
    "Küsisime arendajalt, vastus peaks tulema selle nädala sees.",
)
SOLUTIONS = (
    "Lukustus on maha võetud. Palun salvestada read uuesti; kui teade kordub, on vaja kellaaega.",
    "Loahaldur on määratud ja võtab kliendiga ühendust kahe tööpäeva jooksul.",
    "Kallast tohib kindlustada kuni viie meetri ulatuses ilma veeloata; pikema lõigu jaoks on vaja registreeringut.",
    "Parandus on avatud kolmeks päevaks. Pärast parandamist tuleb aruanne uuesti kinnitada.",
)
TOLD = (
    "Helistasin ja ütlesin, et lukustus on maas ja read saab uuesti salvestada. Klient proovib täna.",
    "Edastasin vastuse telefonis ja lubasin saata viite ka e-kirjaga.",
    "Selgitasin lahendust, klient sai aru ja rohkem küsimusi ei ole.",
)
