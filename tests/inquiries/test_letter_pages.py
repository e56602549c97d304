import datetime as dt
import json
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from common.models import OutgoingMail
from inquiries import actions
from inquiries.models import (
    AnswerDraft,
    Inquiry,
    Letter,
    LetterKind,
    LetterTemplate,
    UnansweredGround,
    UnitRequest,
)
from inquiries.states import InquiryState
from tests.factories.accounts import UnitFactory, UserFactory
from tests.factories.inquiries import AnswerDraftFactory, InquiryFactory, LetterFactory
from tests.factories.knowledge import ReferralBodyFactory, TopicFactory
from tests.htmx import soup

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n%%EOF\n"
FAR = dt.date(2090, 1, 1)


@pytest.fixture
def agent(client):
    user = UserFactory(role="specialist")
    client.force_login(user)
    return user


@pytest.fixture
def letter(agent):
    """A letter that the agent has taken."""
    return LetterFactory(inquiry=InquiryFactory(in_work=True, agent=agent))


def signed_in(client, role, **fields):
    user = UserFactory(role=role, **fields)
    client.force_login(user)
    return user


def text_of(response):
    return response.content.decode()


class TestInbox:
    def test_every_channel_stands_in_one_list_by_deadline(self, client, agent):
        today = timezone.localdate()
        rows = [
            LetterFactory(
                inquiry=InquiryFactory(
                    received=True, channel=channel, answer_by=today + dt.timedelta(days=days)
                )
            ).inquiry
            for channel, days in (("web", 9), ("email", -2), ("post", 4))
        ]
        InquiryFactory(channel="email", legal_kind="")  # settled
        InquiryFactory(with_unit=True)  # a call

        page = text_of(client.get(reverse("inquiries:inbox")))

        places = [page.index(rows[place].number) for place in (1, 2, 0)]
        assert places == sorted(places)
        assert page.count('<th scope="row">') == 3

    @pytest.mark.parametrize("rows", [1, 4])
    def test_number_of_queries_does_not_grow_with_the_rows(
        self, client, agent, rows, django_assert_max_num_queries
    ):
        for _row in range(rows):
            LetterFactory(inquiry=InquiryFactory(in_work=True, agent=agent, answer_by=FAR))
        client.get(reverse("inquiries:inbox"))

        with django_assert_max_num_queries(15):
            client.get(reverse("inquiries:inbox"))

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("", ["mine", "late", "free"]),
            ("whose=mine", ["mine"]),
            ("whose=unassigned", ["free"]),
            ("due=late", ["late"]),
            ("channel=post", ["free"]),
            ("whose=nonsense&unit=x", ["mine", "late", "free"]),
        ],
    )
    def test_filters(self, client, agent, query, found):
        rows = {
            "mine": InquiryFactory(in_work=True, agent=agent, answer_by=FAR),
            "late": InquiryFactory(in_work=True, answer_by=dt.date(2020, 1, 2)),
            "free": InquiryFactory(received=True, channel="post", answer_by=FAR),
        }

        page = text_of(client.get(f"{reverse('inquiries:inbox')}?{query}"))

        assert [name for name, row in rows.items() if row.number in page] == found

    def test_part_of_the_page_is_the_same_as_in_the_whole(self, client, agent):
        InquiryFactory(received=True, answer_by=FAR)
        url = reverse("inquiries:inbox")

        part = text_of(client.get(url, headers={"HX-Request": "true"})).strip()

        assert part.startswith('<section class="panel" id="letters"')
        assert part in text_of(client.get(url))

    def test_next_in_line_leads_to_the_letter(self, client, agent):
        inquiry = InquiryFactory(received=True, answer_by=FAR)

        answer = client.post(reverse("inquiries:take_next"))

        inquiry.refresh_from_db()
        assert answer.url == reverse("inquiries:show", args=[inquiry.pk])
        assert inquiry.responsible == agent

    def test_coordinator_assigns_the_chosen(self, client):
        signed_in(client, "coordinator")
        to = UserFactory(role="specialist")
        chosen, other = InquiryFactory.create_batch(2, received=True, answer_by=FAR)

        client.post(reverse("inquiries:assign_letters"), {"letter": [chosen.pk], "to": to.pk})

        chosen.refresh_from_db()
        other.refresh_from_db()
        assert (chosen.responsible, other.responsible) == (to, None)

    def test_specialist_does_not_assign(self, client, agent):
        assert client.post(reverse("inquiries:assign_letters")).status_code == 403

    def test_number_that_is_no_id_of_a_letter_is_passed_over(self, client):
        to = signed_in(client, "coordinator")

        answer = client.post(
            reverse("inquiries:assign_letters"), {"letter": ["9" * 30, "²"], "to": to.pk}
        )

        assert answer.status_code == 302

    def test_letters_are_not_assigned_to_somebody_who_may_not_answer(self, client):
        signed_in(client, "coordinator")
        to = UserFactory(role="auditor")

        answer = client.post(reverse("inquiries:assign_letters"), {"to": to.pk})

        assert answer.status_code == 403

    def test_letter_not_registered_by_the_next_working_day_is_red(self, client, agent):
        long_ago = dt.date(2020, 1, 2)
        InquiryFactory(received=True, registered_on=long_ago, answer_by=FAR)
        InquiryFactory(
            received=True, registered_on=long_ago, answer_by=FAR, register_number="7-4/1"
        )

        page = text_of(client.get(reverse("inquiries:inbox")))

        assert page.count("registreerimata") == 1


class TestPaperLetter:
    def typed(self, **changes):
        return {
            "sender_name": "Jüri Juurikas",
            "sender_address": "Kase 1, Pärnu",
            "language": "et",
            "received_on": timezone.localdate().isoformat(),
            "subject": "Raiest",
            "text": "",
            "scan": SimpleUploadedFile("kiri.pdf", PDF),
            "register_number": "7-4/26/1",
            "legal_kind": "information",
            **changes,
        }

    def test_letter_is_written_down_with_its_scan(self, client, agent):
        answer = client.post(reverse("inquiries:new_letter"), self.typed())

        letter = Letter.objects.get()
        inquiry = letter.inquiry
        assert answer.url == reverse("inquiries:show", args=[inquiry.pk])
        assert (inquiry.channel, inquiry.legal_kind) == ("post", "information")
        assert (inquiry.register_number, inquiry.state) == ("7-4/26/1", InquiryState.RECEIVED)
        assert [file.original_name for file in letter.files.all()] == ["kiri.pdf"]

    def test_form_sent_twice_is_one_letter(self, client, agent):
        page = soup(client.get(reverse("inquiries:new_letter")))
        key = page.select_one("input[name=key]")["value"]

        first, second = (
            client.post(reverse("inquiries:new_letter"), self.typed(key=key)) for _time in range(2)
        )

        assert first.url == second.url
        assert (Letter.objects.count(), Inquiry.objects.count()) == (1, 1)

    def test_next_envelope_written_down_on_the_same_form_is_another_letter(self, client, agent):
        key = str(uuid.uuid4())

        client.post(reverse("inquiries:new_letter"), self.typed(key=key))
        client.post(reverse("inquiries:new_letter"), self.typed(key=key, subject="Kalapüügist"))

        assert Inquiry.objects.count() == 2

    def test_scan_passes_the_upload_gate(self, client, agent):
        harmful = SimpleUploadedFile("kiri.pdf", b"MZ\x90\x00 not a paper")

        answer = client.post(reverse("inquiries:new_letter"), self.typed(scan=harmful))

        assert answer.status_code == 422
        assert not Inquiry.objects.exists()

    @pytest.mark.parametrize("day", ["2090-01-01", "1999-12-31"])
    def test_letter_cannot_arrive_tomorrow_nor_before_the_law_that_we_know(
        self, client, agent, day
    ):
        answer = client.post(reverse("inquiries:new_letter"), self.typed(received_on=day))

        assert answer.status_code == 422

    def test_registrar_writes_letters_down_and_sees_no_inquiries(self, client):
        signed_in(client, "registrar")

        answer = client.post(reverse("inquiries:new_letter"), self.typed())

        assert answer.url == reverse("inquiries:new_letter")
        assert client.get(reverse("inquiries:inbox")).status_code == 403


class TestThread:
    def test_letters_stand_on_the_page_as_plain_text(self, client, letter):
        LetterFactory(inquiry=letter.inquiry, text="<script>alert(1)</script>")

        page = text_of(client.get(reverse("inquiries:show", args=[letter.inquiry_id])))

        assert "&lt;script&gt;" in page
        assert "<script>alert" not in page

    def test_letter_that_nobody_has_is_taken(self, client, agent):
        inquiry = InquiryFactory(received=True)
        page = text_of(client.get(reverse("inquiries:show", args=[inquiry.pk])))
        assert reverse("inquiries:take", args=[inquiry.pk]) in page
        assert reverse("inquiries:answer", args=[inquiry.pk]) not in page

        client.post(reverse("inquiries:take", args=[inquiry.pk]))

        page = text_of(client.get(reverse("inquiries:show", args=[inquiry.pk])))
        assert reverse("inquiries:answer", args=[inquiry.pk]) in page

    def test_colleagues_letter_is_not_answered(self, client, agent):
        inquiry = InquiryFactory(in_work=True)

        assert client.get(reverse("inquiries:answer", args=[inquiry.pk])).status_code == 403

    @pytest.mark.parametrize("letters", [1, 4])
    def test_number_of_queries_does_not_grow_with_the_letters(
        self, client, letter, letters, django_assert_max_num_queries
    ):
        for _letter in range(letters):
            LetterFactory(inquiry=letter.inquiry)
        url = reverse("inquiries:show", args=[letter.inquiry_id])
        client.get(url)

        with django_assert_max_num_queries(40):
            client.get(url)

    def test_file_is_given_to_those_who_may_read(self, client, letter):
        inquiry = letter.inquiry
        upload = SimpleUploadedFile("kaart.pdf", PDF)
        client.post(reverse("inquiries:add_answer_file", args=[inquiry.pk]), {"file": upload})
        stored = AnswerDraft.objects.get().files.get()
        letter.files.add(stored)
        url = reverse("inquiries:letter_file", args=[letter.pk, stored.pk])

        answer = client.get(url)
        signed_in(client, "counter")
        refused = client.get(url)

        assert b"".join(answer.streaming_content) == PDF
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert refused.status_code == 404

    def test_note_is_kept_between_us(self, client, letter):
        client.post(reverse("inquiries:note", args=[letter.inquiry_id]), {"text": "Ootame kaarti."})

        assert letter.inquiry.letters.get(kind=LetterKind.NOTE).text == "Ootame kaarti."
        assert not OutgoingMail.objects.exists()

    def test_own_letter_is_passed_to_whose_topic_it_is_first(self, client, letter):
        colleague = UserFactory(role="specialist", last_name="Ülane")
        topic = TopicFactory()
        Inquiry.objects.filter(pk=letter.inquiry_id).update(topic=topic, main_topic=topic.parent)
        colleague.responsibilities.create(topic_code=topic.code)
        url = reverse("inquiries:hand_over", args=[letter.inquiry_id])

        page = text_of(client.get(url))
        client.post(url, {"to": colleague.pk})

        letter.inquiry.refresh_from_db()
        options = page[page.index('<select name="to"') :]
        first = options.index(f'<option value="{colleague.pk}"')
        assert first == options.index("<option")
        assert letter.inquiry.responsible == colleague


class TestAnswer:
    def test_answer_begins_with_greeting_and_signature_in_the_senders_language(self, client, agent):
        inquiry = InquiryFactory(in_work=True, agent=agent)
        LetterFactory(inquiry=inquiry, language="ru", sender_name="Иван")

        page = text_of(client.get(reverse("inquiries:answer", args=[inquiry.pk])))

        assert "Здравствуйте, Иван!" in page
        assert "С уважением" in page
        assert str(agent) in page
        assert 'value="mari@example.ee"' in page

    def test_topic_of_a_letter_without_one_is_chosen_beside_its_answer(self, client, agent):
        inquiry = InquiryFactory(
            in_work=True, agent=agent, topic=None, main_topic=None, owner_unit=None
        )
        LetterFactory(inquiry=inquiry)
        topic = TopicFactory(owner_unit=UnitFactory())
        page = reverse("inquiries:answer", args=[inquiry.pk])
        assert 'id="id_topic"' in text_of(client.get(page))

        client.post(reverse("inquiries:choose_topic", args=[inquiry.pk]), {"topic": topic.pk})

        inquiry.refresh_from_db()
        assert (inquiry.topic, inquiry.main_topic_id) == (topic, topic.parent_id)
        assert 'id="id_topic"' not in text_of(client.get(page))

    def test_a_topic_that_is_none_is_refused_in_words(self, client, agent):
        inquiry = InquiryFactory(
            in_work=True, agent=agent, topic=None, main_topic=None, owner_unit=None
        )
        LetterFactory(inquiry=inquiry)

        answer = client.post(
            reverse("inquiries:choose_topic", args=[inquiry.pk]), {"topic": "9" * 30}, follow=True
        )

        inquiry.refresh_from_db()
        assert inquiry.topic is None
        assert "Vali teema." in text_of(answer)

    def saved(self, client, letter, version, **typed):
        return client.post(
            reverse("inquiries:save_answer", args=[letter.inquiry_id]),
            json.dumps({"version": version, "typed": typed}),
            content_type="application/json",
        )

    def test_what_is_typed_is_kept(self, client, letter):
        told = self.saved(client, letter, 0, text="Tere", subject="Vastus").json()
        self.saved(client, letter, told["version"], text="Tere, Mari", subject="Vastus")

        assert AnswerDraft.objects.get().typed["text"] == "Tere, Mari"

    def test_stale_save_is_refused_with_both_texts(self, client, letter):
        self.saved(client, letter, 0, text="minu")
        self.saved(client, letter, 1, text="minu uus")

        answer = self.saved(client, letter, 1, text="teise oma")

        assert answer.status_code == 409
        assert [(one["theirs"], one["mine"]) for one in answer.json()["differences"]] == [
            ("minu uus", "teise oma")
        ]

    def test_answer_is_sent_from_the_form_and_taken_back(self, client, letter):
        draft = AnswerDraftFactory(inquiry=letter.inquiry)
        url = reverse("inquiries:answer", args=[letter.inquiry_id])

        client.post(url, {**draft.typed, "version": draft.version, "act": "send"})

        assert letter.inquiry.letters.leaving().count() == 1
        page = text_of(client.get(reverse("inquiries:show", args=[letter.inquiry_id])))
        assert 'id="take-back"' in page
        client.post(reverse("inquiries:take_back_answer", args=[letter.inquiry_id]))
        assert not letter.inquiry.letters.leaving().exists()
        assert AnswerDraft.objects.get() == draft

    def test_what_is_missing_is_said_and_nothing_is_lost(self, client, letter):
        draft = AnswerDraftFactory(inquiry=letter.inquiry)
        typed = {**draft.typed, "text": "Pikk vastus", "source_text": ""}

        answer = client.post(
            reverse("inquiries:answer", args=[letter.inquiry_id]),
            {**typed, "version": draft.version, "act": "send"},
        )

        assert answer.status_code == 422
        assert "Pikk vastus" in text_of(answer)
        assert AnswerDraft.objects.get().typed["text"] == "Pikk vastus"

    def test_another_wording_keeps_what_was_written(self, client, letter):
        draft = AnswerDraftFactory(inquiry=letter.inquiry)

        client.post(
            reverse("inquiries:answer", args=[letter.inquiry_id]),
            {**draft.typed, "version": draft.version, "act": "wording:question"},
        )

        typed = AnswerDraft.objects.get().typed
        assert typed["kind"] == "question"
        assert "palume täpsustada" in typed["text"]
        assert typed["text"].endswith("Jah, luba on vaja.")

    def test_form_sent_from_an_older_text_shows_both(self, client, letter):
        draft = AnswerDraftFactory(inquiry=letter.inquiry, version=5)

        answer = client.post(
            reverse("inquiries:answer", args=[letter.inquiry_id]),
            {**draft.typed, "text": "minu oma", "version": 4, "act": "send"},
        )

        page = text_of(answer)
        assert answer.status_code == 409
        assert "Jah, luba on vaja." in page
        assert "minu oma" in page
        assert 'name="version" value="5"' in page

    def test_second_reader_lets_the_answer_go(self, client):
        topic = TopicFactory(needs_second_reader=True)
        draft = AnswerDraftFactory(inquiry=InquiryFactory(in_work=True, topic=topic))
        actions.ask_for_reading(draft=draft, by=draft.started_by, at=timezone.now())
        reader = signed_in(client, "coordinator")
        assert draft.inquiry.number in text_of(client.get(reverse("inquiries:reading")))

        client.post(
            reverse("inquiries:read_answer", args=[draft.inquiry_id]),
            {"act": "pass", "version": draft.version},
        )

        draft.refresh_from_db()
        assert (draft.read_by, draft.is_read) == (reader, True)

    def test_second_reader_gives_it_back_with_a_word(self, client):
        draft = AnswerDraftFactory()
        signed_in(client, "coordinator")
        url = reverse("inquiries:read_answer", args=[draft.inquiry_id])

        empty = client.post(url, {"act": "return", "remark": ""})
        client.post(url, {"act": "return", "remark": "Lisa alus."})

        draft.refresh_from_db()
        assert empty.status_code == 422
        assert draft.remark == "Lisa alus."


class TestSteps:
    def test_unit_is_asked_and_answers_by_the_link_without_an_account(self, client, letter):
        unit = UnitFactory()
        client.post(
            reverse("inquiries:ask_unit", args=[letter.inquiry_id]),
            {"unit": unit.pk, "text": "Kas luba on?", "address": "juht@agency.example"},
        )
        client.logout()
        mail = OutgoingMail.objects.get()
        url = f"/inquiries/unit/{mail.text.partition('/inquiries/unit/')[2].split()[0]}"

        page = text_of(client.get(url))
        answer = client.post(
            url, {"name": "Jaan", "text": "On.", "file": SimpleUploadedFile("k.pdf", PDF)}
        )

        letter.inquiry.refresh_from_db()
        assert "Kas luba on?" in page
        assert letter.text in page
        assert answer.status_code == 200
        assert letter.inquiry.state == InquiryState.IN_WORK
        assert letter.inquiry.letters.get(kind=LetterKind.FROM_UNIT).files.count() == 1
        assert client.get(url).status_code == 410

    def test_notes_between_agents_are_not_on_the_units_page(self, client, letter):
        actions.note_inside(
            inquiry=letter.inquiry, text="Tüütu klient", by=letter.inquiry.agent, at=timezone.now()
        )
        actions.ask_unit(
            inquiry=letter.inquiry,
            unit=UnitFactory(),
            text="Kas?",
            address="juht@agency.example",
            by=letter.inquiry.agent,
            at=timezone.now(),
        )
        mail = OutgoingMail.objects.get()
        client.logout()

        page = text_of(
            client.get(f"/inquiries/unit/{mail.text.partition('/inquiries/unit/')[2].split()[0]}")
        )

        assert "Kas?" in page
        assert "Tüütu" not in page

    def test_unknown_link_opens_nothing(self, client):
        answer = client.get(reverse("inquiries:unit_link", args=["unknown"]))

        assert answer.status_code == 410

    def test_head_sees_what_the_unit_was_asked_and_no_other(self, client, letter):
        unit = UnitFactory()
        asked, other = (
            actions.ask_unit(
                inquiry=InquiryFactory(in_work=True),
                unit=one,
                text="Kas?",
                address="juht@agency.example",
                by=letter.inquiry.agent,
                at=timezone.now(),
            )
            for one in (unit, UnitFactory())
        )
        signed_in(client, "unit_head", unit=unit)

        page = text_of(client.get(reverse("inquiries:unit_requests")))
        client.post(
            reverse("inquiries:unit_answer", args=[asked.pk]), {"name": "Juht", "text": "Jah."}
        )

        asked.refresh_from_db()
        assert asked.inquiry.number in page
        assert other.inquiry.number not in page
        assert asked.answer.text == "Jah."
        assert client.get(reverse("inquiries:unit_answer", args=[other.pk])).status_code == 404

    def test_question_is_called_back(self, client, letter):
        actions.ask_unit(
            inquiry=letter.inquiry,
            unit=UnitFactory(),
            text="Kas?",
            address="juht@agency.example",
            by=letter.inquiry.agent,
            at=timezone.now(),
        )

        client.post(reverse("inquiries:recall_from_unit", args=[letter.inquiry_id]))

        assert not UnitRequest.objects.open().exists()

    def test_letter_is_sent_on(self, client, letter):
        body = ReferralBodyFactory(email="info@vald.example")

        client.post(reverse("inquiries:send_on", args=[letter.inquiry_id]), {"body": body.pk})

        letter.inquiry.refresh_from_db()
        assert letter.inquiry.state == InquiryState.REFERRED_OUT

    def test_wording_that_is_switched_off_is_said_and_nothing_goes(self, client, letter):
        LetterTemplate.objects.filter(kind=LetterKind.NOTICE_EXTENDED).update(is_active=False)

        answer = client.post(
            reverse("inquiries:extend_term", args=[letter.inquiry_id]), {"reason": "Ootame."}
        )

        assert answer.status_code == 422
        assert "on välja lülitatud" in text_of(answer)
        assert not OutgoingMail.objects.exists()

    def test_term_is_extended(self, client, letter):
        client.post(
            reverse("inquiries:extend_term", args=[letter.inquiry_id]), {"reason": "Ootame."}
        )

        assert letter.inquiry.term_extensions.get().reason == "Ootame."

    def test_letter_is_left_unanswered(self, client, letter):
        ground = UnansweredGround.objects.get(code="no_contact")

        client.post(
            reverse("inquiries:leave_unanswered", args=[letter.inquiry_id]),
            {"ground": ground.pk, "note": "Aadressi ei ole."},
        )

        page = text_of(client.get(reverse("inquiries:show", args=[letter.inquiry_id])))
        assert "Aadressi ei ole." in page
        assert ground.name_et in page

    def test_letter_is_registered(self, client, letter):
        client.post(
            reverse("inquiries:register", args=[letter.inquiry_id]),
            {
                "register_number": "7-4/2",
                "registered_on": "2026-11-16",
                "legal_kind": "explanation",
            },
        )

        letter.inquiry.refresh_from_db()
        assert letter.inquiry.register_number == "7-4/2"
