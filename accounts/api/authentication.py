import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed

from accounts.models import ApiToken
from common.tokens import token_hash

USED_EVERY = dt.timedelta(minutes=1)


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer sd_…`: request.user is the account, request.auth the ApiToken."""

    keyword = "Bearer"

    def authenticate(self, request):
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != self.keyword.lower().encode():
            return None
        if len(words) != 2:
            raise AuthenticationFailed(_("The token cannot be read."))
        return self.authenticate_token(words[1].decode("latin-1"), timezone.now())

    def authenticate_token(self, secret: str, at: dt.datetime):
        token = (
            ApiToken.objects.usable_at(at)
            .select_related("user")
            .filter(token_hash=token_hash(secret))
            .first()
        )
        if token is None:
            raise AuthenticationFailed(_("The token is unknown, expired or revoked."))
        if token.last_used_at is None or at - token.last_used_at > USED_EVERY:
            ApiToken.objects.filter(pk=token.pk).update(last_used_at=at)
        return token.user, token

    def authenticate_header(self, request):
        return self.keyword
