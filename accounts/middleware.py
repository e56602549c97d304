from django.conf import settings
from django.utils import translation


class LanguageOfUserMiddleware:
    """The page speaks the language that the person chose, kept in the language cookie.

    The browser's own preference is not asked: Estonian is the language of the house.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
