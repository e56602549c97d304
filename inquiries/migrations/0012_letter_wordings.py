"""Wordings of letters, grounds for no answer and how far a term may be put off; kept up by the administrator."""

from django.db import migrations

# (code, et, en, ru, basis)
GROUNDS = [
    (
        "sender_unknown",
        "Pöörduja isikut ei ole võimalik kindlaks teha",
        "The sender cannot be identified",
        "Личность отправителя невозможно установить",
        "MSVS § 5 lg 9",
    ),
    (
        "no_contact",
        "Pöördumises ei ole kontaktandmeid",
        "The letter has no contact data",
        "В обращении нет контактных данных",
        "MSVS § 5 lg 9",
    ),
    (
        "no_answer_wanted",
        "Pöörduja ei soovi vastust",
        "The sender does not want an answer",
        "Отправитель не желает ответа",
        "MSVS § 5 lg 9",
    ),
    (
        "unreadable",
        "Pöördumine ei ole loetav või arusaadav",
        "The letter cannot be read or understood",
        "Обращение нельзя прочесть или понять",
        "MSVS § 5 lg 9",
    ),
    (
        "language",
        "Pöördumine ei ole eesti keeles ja ametil ei ole kohustust muus keeles vastata",
        "The letter is not in Estonian and there is no duty to answer in another language",
        "Обращение не на эстонском языке, и ведомство не обязано отвечать на другом языке",
        "MSVS § 5 lg 9",
    ),
    (
        "not_a_letter",
        "Reklaam, automaatvastus või muu kiri, mis ei ole pöördumine",
        "Advertising, an automatic reply or another message that is no inquiry",
        "Реклама, автоответ или иное сообщение, не являющееся обращением",
        "",
    ),
]

NAMES = {
    "answer": ("Vastus", "Answer", "Ответ"),
    "question": (
        "Palume täpsustada",
        "Please tell us more",
        "Просим уточнить",
    ),
    "forwarded": ("Teade edastamisest", "Notice of forwarding", "Уведомление о пересылке"),
    "extended": (
        "Teade tähtaja pikendamisest",
        "Notice of a longer term",
        "Уведомление о продлении срока",
    ),
    "to-body": ("Edastamine teisele asutusele", "Forwarding", "Пересылка другому учреждению"),
    "to-unit": ("Küsimus struktuuriüksusele", "Question to a unit", "Вопрос подразделению"),
}
# (code, kind, {language: (subject, text)})
TEMPLATES = [
    (
        "answer",
        "answer",
        {
            "et": (
                "Vastus: {subject}",
                "{salutation}\n\nTäname Teid {received} kirja eest.\n\n\n\n{signature}\n",
            ),
            "en": (
                "Answer: {subject}",
                "{salutation},\n\nThank you for your letter of {received}.\n\n\n\n{signature}\n",
            ),
            "ru": (
                "Ответ: {subject}",
                "{salutation}\n\nБлагодарим Вас за письмо от {received}.\n\n\n\n{signature}\n",
            ),
        },
    ),
    (
        "question",
        "question",
        {
            "et": (
                "Täpsustus: {subject}",
                "{salutation}\n\nTäname Teid {received} kirja eest. Et saaksime Teile vastata, "
                "palume täpsustada:\n\n- \n\nPalun vastake sellele kirjale; Teie vastus jõuab "
                "sama asja juurde.\n\n{signature}\n",
            ),
            "en": (
                "Please tell us more: {subject}",
                "{salutation},\n\nThank you for your letter of {received}. To be able to answer "
                "you we need to know:\n\n- \n\nPlease reply to this letter; your reply will reach "
                "the same matter.\n\n{signature}\n",
            ),
            "ru": (
                "Просим уточнить: {subject}",
                "{salutation}\n\nБлагодарим Вас за письмо от {received}. Чтобы мы могли ответить, "
                "просим уточнить:\n\n- \n\nПожалуйста, ответьте на это письмо: Ваш ответ попадёт "
                "к тому же делу.\n\n{signature}\n",
            ),
        },
    ),
    (
        "forwarded",
        "notice_forwarded",
        {
            "et": (
                "Teie kiri on edastatud: {subject}",
                "{salutation}\n\nTeie {received} kirja (meie number {number}) lahendamine ei ole "
                "Keskkonnaameti pädevuses. Edastasime selle vastamiseks: {body}.\n\n"
                "{body_contact}\n\nAlus: märgukirjale ja selgitustaotlusele vastamise ning "
                "kollektiivse pöördumise esitamise seadus.\n\n{signature}\n",
            ),
            "en": (
                "Your letter has been forwarded: {subject}",
                "{salutation},\n\nYour letter of {received} (our number {number}) is not for the "
                "Environmental Board to decide. We have forwarded it to be answered by: {body}."
                "\n\n{body_contact}\n\nBasis: Response to Memoranda and Requests for Explanations "
                "and Submission of Collective Addresses Act.\n\n{signature}\n",
            ),
            "ru": (
                "Ваше письмо переслано: {subject}",
                "{salutation}\n\nРешение вопроса из Вашего письма от {received} (наш номер "
                "{number}) не входит в компетенцию Департамента окружающей среды. Мы переслали "
                "его для ответа: {body}.\n\n{body_contact}\n\nОснование: Закон об ответах на "
                "меморандумы и ходатайства о разъяснении и о подаче коллективных обращений."
                "\n\n{signature}\n",
            ),
        },
    ),
    (
        "extended",
        "notice_extended",
        {
            "et": (
                "Vastamise tähtaeg on pikenenud: {subject}",
                "{salutation}\n\nTeie {received} kirjale (meie number {number}) vastamine võtab "
                "kauem aega. Põhjus: {reason}\n\nVastame Teile hiljemalt {until}.\n\n{signature}\n",
            ),
            "en": (
                "We need more time to answer: {subject}",
                "{salutation},\n\nAnswering your letter of {received} (our number {number}) takes "
                "longer. The reason: {reason}\n\nWe will answer by {until}.\n\n{signature}\n",
            ),
            "ru": (
                "Срок ответа продлён: {subject}",
                "{salutation}\n\nОтвет на Ваше письмо от {received} (наш номер {number}) требует "
                "больше времени. Причина: {reason}\n\nМы ответим Вам не позднее {until}."
                "\n\n{signature}\n",
            ),
        },
    ),
    (
        "to-body",
        "to_body",
        {
            "et": (
                "Pöördumise edastamine: {subject}",
                "Edastame teile vastamiseks pöördumise, mille lahendamine on teie pädevuses. "
                "Pöördujat oleme edastamisest teavitanud.\n\nPöörduja: {sender}, "
                "{sender_address}\nSaabus: {received}\nMeie number: {number}\n\n"
                "----------\n{text}\n----------\n\n{signature}\n",
            ),
            "en": (
                "Forwarding of a letter: {subject}",
                "We forward to you a letter that is yours to answer. The sender has been told."
                "\n\nSender: {sender}, {sender_address}\nReceived: {received}\n"
                "Our number: {number}\n\n----------\n{text}\n----------\n\n{signature}\n",
            ),
            "ru": (
                "Пересылка обращения: {subject}",
                "Пересылаем Вам обращение, решение которого входит в Вашу компетенцию. "
                "Отправитель об этом уведомлён.\n\nОтправитель: {sender}, {sender_address}\n"
                "Получено: {received}\nНаш номер: {number}\n\n----------\n{text}\n----------"
                "\n\n{signature}\n",
            ),
        },
    ),
    (
        "to-unit",
        "to_unit",
        {
            "et": (
                "Palume vastust pöördumisele {number}",
                "Tere\n\nPöördumine {number} ({topic}) vajab üksuse „{unit}“ vastust hiljemalt "
                "{due_on}.\n\nKiri ja vastamise vorm:\n{link}\n\nLink avaneb ilma sisse "
                "logimata; palun ärge saatke seda edasi väljapoole ametit.\n\n"
                "Küsis: {asked_by}, {phone}\n",
            ),
            "en": (
                "Please answer inquiry {number}",
                "Hello\n\nInquiry {number} ({topic}) needs an answer of the unit “{unit}” by "
                "{due_on}.\n\nThe letter and the form for the answer:\n{link}\n\nThe link opens "
                "without signing in; please do not pass it outside the agency.\n\n"
                "Asked by: {asked_by}, {phone}\n",
            ),
            "ru": (
                "Просим ответ на обращение {number}",
                "Здравствуйте!\n\nНа обращение {number} ({topic}) нужен ответ подразделения "
                "«{unit}» не позднее {due_on}.\n\nПисьмо и форма для ответа:\n{link}\n\nСсылка "
                "открывается без входа в систему; пожалуйста, не пересылайте её за пределы "
                "ведомства.\n\nСпросил(а): {asked_by}, {phone}\n",
            ),
        },
    ),
]
# The whole term from the day of registration, where it may be put off.
EXTENSIONS = {
    "explanation": (2, "months", "MSVS § 6"),
    "memorandum": (2, "months", "MSVS § 6"),
    "complaint": (2, "months", "MSVS § 6"),
    "information": (15, "working", "AvTS § 19"),
    "challenge": (30, "calendar", "HMS § 84 lg 2"),
}


def add(apps, schema_editor):
    grounds = apps.get_model("inquiries", "UnansweredGround")
    for position, (code, et, en, ru, basis) in enumerate(GROUNDS):
        names = {"name_et": et, "name_en": en, "name_ru": ru}
        grounds.objects.get_or_create(
            code=code, defaults={**names, "basis": basis, "position": position}
        )
    templates = apps.get_model("inquiries", "LetterTemplate")
    for code, kind, texts in TEMPLATES:
        fields = {"kind": kind}
        for language, name in zip(("et", "en", "ru"), NAMES[code], strict=True):
            subject, text = texts[language]
            fields |= {
                f"name_{language}": name,
                f"subject_{language}": subject,
                f"text_{language}": text,
            }
        templates.objects.get_or_create(code=code, defaults=fields)
    terms = apps.get_model("inquiries", "LegalTerm")
    for kind, (number, counted_in, basis) in EXTENSIONS.items():
        terms.objects.filter(kind=kind, extension__isnull=True).update(
            extension=number, extension_counted_in=counted_in, extension_basis=basis
        )


class Migration(migrations.Migration):
    dependencies = [("inquiries", "0011_letters")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
