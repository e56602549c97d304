"""`{{ letter.text|own_words }}` and `{{ letter.text|repeated }}`: what a letter says, and what it only repeats."""

from django import template

from common.internet_mail import split_quoted
from inquiries.models import Letter
from inquiries.queries import RefusedFile

register = template.Library()


@register.filter
def own_words(text: str) -> str:
    return split_quoted(text)[0]


@register.filter
def repeated(text: str) -> str:
    return split_quoted(text)[1]


@register.filter
def of_letter(refused: dict[int, list[RefusedFile]], letter: Letter) -> list[RefusedFile]:
    return refused.get(letter.pk, [])
