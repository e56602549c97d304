"""When people of the demo call, by which way, about what, and what becomes of it: our own shares."""

import datetime as dt
from random import Random

# Our own shares of the calls of a day by half-hours from nine to four, with two peaks.
SHARES = (
    0.068, 0.080, 0.086, 0.083, 0.076, 0.070, 0.063,
    0.061, 0.066, 0.073, 0.074, 0.070, 0.068, 0.062,
)  # fmt: skip
OPENS = 9 * 60  # minutes of the day
WEEKDAYS = (1.22, 1.08, 1.0, 0.95, 0.85)  # Monday is the fullest
OFF_HOURS = 0.012  # of a workday, on a day off: voicemail
TALK, WRAP_UP = 215, 42  # medians in seconds; both log-normal

CHANNELS = {"phone": 66, "email": 19, "web": 5, "counter": 5, "callback": 2, "post": 2}
VOICEMAIL = 0.03
KNOWN = 0.68  # of the contacts, by a client with a card
ANONYMOUS = 0.375  # of the others
OWN_LANGUAGE = 0.93
LANGUAGES = {"et": 71, "ru": 25, "en": 4}
COUNTIES = {
    "Harju": 40, "Tartu": 13, "Ida-Viru": 11, "Pärnu": 8, "Lääne-Viru": 5, "Viljandi": 4,
    "Rapla": 3, "Võru": 3, "Saare": 4, "Jõgeva": 2, "Järva": 2, "Valga": 2, "Põlva": 2,
    "Lääne": 2, "Hiiu": 1, "": 30,
}  # fmt: skip
PLACES = ("", "", "", "keskväljak", "järve äär", "mets küla taga", "sadam", "kalda tänav", "park")
NOISE = {"wrong_number": 45, "silent": 50, "abusive": 5}
# What became of a contact, by whether tier I may close the topic.
OUTCOMES = {
    "yes": {"solved": 88, "callback": 4, "with_unit": 5, "referred_out": 3},
    "partly": {"solved": 63, "callback": 10, "with_unit": 20, "referred_out": 7},
    "no": {"solved": 24, "callback": 14, "with_unit": 58, "referred_out": 4},
    "other_body": {"solved": 18, "callback": 1, "with_unit": 1, "referred_out": 80},
    "papers": {"solved": 38, "callback": 4, "access_papers": 58},
}
LEGAL_OF_TOPIC = {
    "ASJA-TEABENOUE": "information",
    "ASJA-VAIE": "challenge",
    "ASJA-KAEBUS": "complaint",
}
WRITTEN = frozenset({"email", "post", "web"})
LAW = "haldusmenetluse seadus"


def moment_outside(rng: Random, is_workday: bool) -> float:
    """A second of the day when nobody answers."""
    if is_workday and rng.random() < 0.3:
        return rng.uniform(6.5, 9.0) * 3600
    return rng.triangular(16.0 if is_workday else 8.0, 22.5, 17.0 if is_workday else 12.0) * 3600


def share_passed(now: dt.datetime) -> float:
    """How much of a day's calls have come by now."""
    halves = (now.hour * 60 + now.minute - OPENS) / 30
    return sum(SHARES[: max(0, min(len(SHARES), int(halves)))]) + 0.001
