"""What waits for a person today. A later stage adds its cards to its own file and to OFFERS."""

from datetime import datetime

from accounts.models import User
from workspace.cards import Card, Offer
from workspace.queries.my_day import contacts, house, papers, people

# In the order in which they stand on the page.
OFFERS: tuple[Offer, ...] = (
    Offer("inquiries.log_inquiry", contacts.left_open),
    Offer("inquiries.view_inquiry", contacts.callbacks),
    Offer("inquiries.view_inquiry", contacts.terms_passed),
    Offer("inquiries.view_inquiry", contacts.terms_near),
    Offer("inquiries.view_inquiry", contacts.with_unit),
    Offer("inquiries.log_inquiry", contacts.own_open),
    Offer("registry.check_representation", papers.checks),
    Offer("documents.change_case", papers.cases),
    Offer("documents.change_template", papers.templates),
    Offer("registry.import_open_data", house.imports),
    Offer("common.send_mail_again", house.mail_not_sent),
    Offer("accounts.manage_staff", people.without_role),
    Offer("accounts.view_access_log", house.codes_revealed),
    Offer("accounts.view_access_log", house.refusals),
    Offer("inquiries.view_inquiry", contacts.today),
    Offer("accounts.view_directory", people.present),
    Offer("knowledge.view_article", house.articles),
)


def cards_for(user: User, at: datetime) -> list[Card]:
    return [offer.provider(user, at) for offer in OFFERS if user.has_perm(offer.permission)]
