"""Canned replies to begin with, in the three languages of clients; whoever keeps them changes them on their page."""

from collections.abc import Callable
from typing import Any

SOLVED = {
    "et": ("Lahendus on olemas",
           ("{salutation}\n\nTeie mure ({number}) on lahendatud. Palun proovige uuesti; kui midagi "
           "jääb segaseks, vastake sellele kirjale.\n\n{signature}")),
    "en": ("It is solved",
           ("{salutation}\n\nYour matter ({number}) is solved. Please try again; if anything stays "
           "unclear, reply to this letter.\n\n{signature}")),
    "ru": ("Проблема решена",
           ("{salutation}\n\nВаш вопрос ({number}) решён. Пожалуйста, попробуйте ещё раз; если что-то "
           "останется неясным, ответьте на это письмо.\n\n{signature}")),
}  # fmt: skip
SCREEN = {
    "et": ("Ekraanitõmmis ja kellaaeg",
           ("{salutation}\n\nEt viga üles leida, palume saata ekraanitõmmis veateatest ja kirjutada, "
           "mis kell see juhtus.\n\n{signature}")),
    "en": ("Screenshot and time",
           ("{salutation}\n\nTo find the fault we need a screenshot of the error message and the time "
           "at which it appeared.\n\n{signature}")),
    "ru": ("Снимок экрана и время",
           ("{salutation}\n\nЧтобы найти ошибку, просим прислать снимок экрана с сообщением и указать, "
           "во сколько это произошло.\n\n{signature}")),
}  # fmt: skip
AT_WORK = {
    "et": ("Asi on töös",
           ("{salutation}\n\nTeie mure ({number}) on töös. Anname teada, niipea kui lahendus on "
           "olemas.\n\n{signature}")),
    "en": ("We are at work on it",
           ("{salutation}\n\nWe are at work on your matter ({number}). You will hear from us as soon "
           "as it is solved.\n\n{signature}")),
    "ru": ("Вопрос в работе",
           ("{salutation}\n\nВаш вопрос ({number}) в работе. Мы сообщим, как только появится "
           "решение.\n\n{signature}")),
}  # fmt: skip
ASKED_CLIENT = {
    "et": ("Küsisin kliendilt", "{number}: küsisin kliendilt puuduva üle ja annan vastuse siia edasi."),
    "en": ("Client asked", "{number}: I have asked the client and will pass the answer on here."),
    "ru": ("Спросили клиента", "{number}: я спросил(а) клиента и передам ответ сюда."),
}  # fmt: skip
REPLIES = (
    ("delivery", SOLVED),
    ("question", SCREEN),
    ("client", AT_WORK),
    ("tier2", ASKED_CLIENT),
)


def write_first_replies(get_model: Callable[[str], Any]) -> None:
    """Into an empty table alone."""
    reply = get_model("CannedReply")
    if reply.objects.exists():
        return
    reply.objects.bulk_create(
        [
            reply(purpose=purpose, language=language, name=name, text=text)
            for purpose, texts in REPLIES
            for language, (name, text) in texts.items()
        ]
    )
