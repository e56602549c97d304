"""The pages of a ticket as a test opens them and posts to them."""

from django.urls import reverse

from tests.htmx import soup
from tickets.models import Ticket


def address(name, ticket, *more):
    return reverse(f"tickets:{name}", args=[ticket.pk, *more])


def shown(client, ticket):
    return soup(client.get(address("ticket", ticket)))


def posted(browser, name, ticket, *more, **sent):
    """As from a page that was drawn a moment ago."""
    version = Ticket.objects.get(pk=ticket.pk).version
    return browser.post(address(name, ticket, *more), {"version": version, **sent})


def state_of(ticket):
    return Ticket.objects.get(pk=ticket.pk).state
