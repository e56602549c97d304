"""What waits for a person today. A later stage adds its cards to its own file and to OFFERS."""

from datetime import datetime

from accounts.models import User
from workspace.cards import Card, Figures, Offer, Questions, counted
from workspace.queries.my_day import calls, contacts, house, letters, papers, people, tickets

# In the order in which they stand on the page.
OFFERS: tuple[Offer, ...] = (
    Offer("inquiries.log_inquiry", contacts.left_open),
    Offer("inquiries.view_inquiry", contacts.callbacks),
    Offer("inquiries.handle_phone_call", calls.missed),
    Offer("inquiries.handle_phone_call", calls.unwritten),
    Offer("inquiries.answer_letter", letters.waiting),
    Offer("inquiries.keep_mailbox", letters.mailbox),
    Offer("inquiries.answer_for_unit", letters.to_unit),
    Offer("inquiries.view_inquiry", contacts.terms),
    Offer("inquiries.view_inquiry", contacts.with_unit),
    Offer("inquiries.log_inquiry", contacts.own_open),
    Offer("tickets.raise_ticket", tickets.own),
    Offer("tickets.work_on_ticket", tickets.at_work),
    Offer("tickets.view_ticket", tickets.watched),
    Offer("tickets.hand_over_ticket", tickets.led),
    Offer("registry.check_representation", papers.checks),
    Offer("documents.sign_paper", papers.to_sign),
    Offer("documents.change_case", papers.for_us),
    Offer("documents.close_access", papers.rights),
    Offer("documents.change_case", papers.cases),
    Offer("documents.approve_template", papers.templates),
    Offer("registry.import_open_data", house.imports),
    Offer("documents.keep_trusted_lists", house.trusted_lists),
    Offer("common.send_mail_again", house.mail_not_sent),
    Offer("accounts.manage_staff", people.without_role),
    Offer("accounts.manage_staff", people.unknown_roles),
    Offer("accounts.view_access_log", house.codes_revealed),
    Offer("accounts.view_access_log", house.refusals),
    Offer("accounts.view_access_log", house.logged),
    Offer("inquiries.view_inquiry", contacts.today),
    Offer("knowledge.view_article", people.own_topics, unless="inquiries.log_inquiry"),
    Offer("accounts.view_directory", people.present),
    Offer("knowledge.view_article", house.articles),
)


def cards_for(user: User, at: datetime) -> list[Card]:
    providers = [offer.provider for offer in OFFERS if offer.is_for(user)]
    questions: Questions = {}
    for provider in providers:
        if isinstance(provider, Figures):
            questions |= provider.questions(user, at)
    numbers = counted(questions)
    cards: list[Card] = []
    for provider in providers:
        given = (
            provider.cards(user, at, numbers)
            if isinstance(provider, Figures)
            else provider(user, at)
        )
        cards += given if isinstance(given, list) else [given]
    return cards
