"""What a caller is told when the portal needs no paper of ours: in the caller's language, not the page's."""

from dataclasses import dataclass

from documents.kinds import Portal


@dataclass(frozen=True)
class Advice:
    """Why no paper is needed, and what to do instead."""

    language: str
    language_name: str
    reason: str
    steps: tuple[str, ...]


ADVICE: dict[str, tuple[Advice, ...]] = {
    Portal.KOTKAS: (
        Advice(
            "et",
            "Eesti",
            "KOTKASe kasutamiseks ei ole lepingut ega volikirja vaja (keskkonnaministri 20.06.2011 määrus nr 34 § 1¹). "
            "Õigused antakse edasi KOTKASes endas.",
            (
                "Esindusõigusega isik siseneb aadressil kotkas.envir.ee ID-kaardi või mobiil-IDga ja valib ettevõtte, mida ta esindab.",
                "Töölaud → Halda volitusi → Lisa uus volitus.",
                "Ta sisestab volitatava isikukoodi, valib õigused ja kehtivuse ning salvestab.",
                "Volitatav siseneb KOTKASesse oma ID-kaardi või mobiil-IDga ja valib sama ettevõtte.",
                "Kui ettevõtet valikus ei ole, kontrollige esindusõigust äriregistris.",
            ),
        ),
        Advice(
            "en",
            "English",
            "KOTKAS needs neither an agreement nor an authorisation on paper (regulation 34 of 20.06.2011, § 1¹). "
            "Rights are handed on inside KOTKAS.",
            (
                "A person with the right of representation signs in at kotkas.envir.ee with an ID-card or Mobile-ID and chooses the company.",
                "Töölaud → Halda volitusi → Lisa uus volitus (Desktop → Manage authorisations → Add).",
                "Enter the personal code of the person to be authorised, choose the rights and the period, and save.",
                "The authorised person signs in to KOTKAS with his or her own ID-card or Mobile-ID and chooses the same company.",
                "If the company is not offered, check the right of representation in the business register.",
            ),
        ),
        Advice(
            "ru",
            "Русский",
            "Для KOTKAS не нужны ни договор, ни доверенность на бумаге (постановление № 34 от 20.06.2011, § 1¹). "
            "Права передаются в самом KOTKAS.",
            (
                "Лицо с правом представительства входит на kotkas.envir.ee по ID-карте или Mobiil-ID и выбирает предприятие.",
                "Töölaud → Halda volitusi → Lisa uus volitus (Рабочий стол → Управление полномочиями → Добавить).",
                "Введите личный код доверенного лица, выберите права и срок и сохраните.",
                "Доверенное лицо входит в KOTKAS по своей ID-карте или Mobiil-ID и выбирает то же предприятие.",
                "Если предприятия нет в списке, проверьте право представительства в коммерческом регистре.",
            ),
        ),
    ),
    Portal.PISTRIK: (
        Advice(
            "et",
            "Eesti",
            "PISTRIK on KOTKASe alamsüsteem: paberit ei ole vaja, õigused tulevad KOTKASest.",
            (
                "Esindusõigusega isik siseneb ID-kaardi või mobiil-IDga ja valib ettevõtte.",
                "Teisele isikule antakse õigus KOTKASes: Töölaud → Halda volitusi → Lisa uus volitus.",
                "Saatekirjade saatmiseks oma tarkvarast on masinliides (API, X-tee); liitumise kohta annab juhised klienditugi.",
                "Proovida saab koolituskeskkonnas pistrikkoolitus.envir.ee.",
            ),
        ),
        Advice(
            "en",
            "English",
            "PISTRIK is a part of KOTKAS: no paper is needed, the rights come from KOTKAS.",
            (
                "A person with the right of representation signs in with an ID-card or Mobile-ID and chooses the company.",
                "Another person is given rights in KOTKAS: Töölaud → Halda volitusi → Lisa uus volitus.",
                "Waybills can be sent from own software (API, X-Road); customer support tells how to join.",
                "It can be tried at pistrikkoolitus.envir.ee.",
            ),
        ),
        Advice(
            "ru",
            "Русский",
            "PISTRIK — часть KOTKAS: документ не нужен, права приходят из KOTKAS.",
            (
                "Лицо с правом представительства входит по ID-карте или Mobiil-ID и выбирает предприятие.",
                "Другому лицу права даются в KOTKAS: Töölaud → Halda volitusi → Lisa uus volitus.",
                "Накладные можно отправлять из своей программы (API, X-tee); как подключиться, подскажет клиентская поддержка.",
                "Попробовать можно в учебной среде pistrikkoolitus.envir.ee.",
            ),
        ),
    ),
    Portal.FOREST: (
        Advice(
            "et",
            "Eesti",
            "Metsaportaalis volitab omanik teise isiku portaalis endas: paberit ei ole vaja.",
            (
                "Metsaomanik siseneb aadressil register.metsad.ee ID-kaardi või mobiil-IDga.",
                "Ta avab volituste lehe, lisab volitatava isikukoodi ja valib, mida too teha võib.",
                "Volitatav siseneb oma ID-kaardi või mobiil-IDga ja näeb omaniku kinnistuid.",
                "Kui omanik ei saa siseneda, ühendage kõne metsaosakonna spetsialistiga.",
            ),
        ),
        Advice(
            "en",
            "English",
            "In the forest portal the owner authorises another person inside the portal: no paper is needed.",
            (
                "The forest owner signs in at register.metsad.ee with an ID-card or Mobile-ID.",
                "He or she opens the page of authorisations, adds the personal code and chooses what the person may do.",
                "The authorised person signs in with his or her own means and sees the owner's properties.",
                "If the owner cannot sign in, put the call through to a specialist of the forest department.",
            ),
        ),
        Advice(
            "ru",
            "Русский",
            "В лесном портале владелец даёт полномочия другому лицу в самом портале: документ не нужен.",
            (
                "Владелец леса входит на register.metsad.ee по ID-карте или Mobiil-ID.",
                "Он открывает страницу полномочий, добавляет личный код доверенного лица и выбирает, что тому разрешено.",
                "Доверенное лицо входит по своей ID-карте или Mobiil-ID и видит недвижимость владельца.",
                "Если владелец не может войти, соедините звонок со специалистом лесного отдела.",
            ),
        ),
    ),
}
