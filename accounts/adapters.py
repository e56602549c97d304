from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import actions
from accounts.cookies import remember_look
from common.encryption import decrypt, encrypt

# The same strings of allauth and Django, translated in our catalogues, which go before theirs: on
# our pages a password has one name in each language.
IN_OUR_WORDS = (
    _("Password"),
    _("Current Password"),
    _("New Password"),
    _("New Password (again)"),
    _("You must type the same password each time."),
    _("This password is too common."),
    _("Incorrect password."),
)


class StaffAccountAdapter(DefaultAccountAdapter):
    """Accounts are made beforehand by an administrator; nobody signs up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "enter_current_password": _("Type your present password."),
        "incorrect_code": _("The code is not right."),
        "incorrect_password": _("The password is not right."),
        "too_many_login_attempts": _(
            "Too many failed attempts. Signing in is locked for 15 minutes."
        ),
        "username_password_mismatch": _("The username or the password is not right."),
        "rate_limited": _("Too many attempts. Wait a few minutes and try again."),
    }

    def is_open_for_signup(self, request):
        return False

    def pre_authenticate(self, request, **credentials):
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            self._note_failed(credentials, is_locked=True)
            raise

    def authentication_failed(self, request, **credentials):
        self._note_failed(credentials)

    def _note_failed(self, credentials, *, is_locked=False):
        actions.note_sign_in_failed(
            username=credentials.get("username", ""), at=timezone.now(), is_locked=is_locked
        )

    def login(self, request, user):
        super().login(request, user)
        actions.note_sign_in(user=user, at=timezone.now())

    def post_login(self, request, user, **kwargs):
        response = super().post_login(request, user, **kwargs)
        return remember_look(response, user)

    def logout(self, request):
        if request.user.is_authenticated:
            actions.note_sign_out(user=request.user, at=timezone.now())
        super().logout(request)

    def add_message(self, request, level, message_template=None, *args, **kwargs):
        """The pages say it themselves; «Signed in as …» on each morning's first page is noise."""
        if message_template not in {
            "account/messages/logged_in.txt",
            "account/messages/logged_out.txt",
        }:
            super().add_message(request, level, message_template, *args, **kwargs)

    def get_password_change_redirect_url(self, request):
        return reverse("accounts:settings")


class StaffMfaAdapter(DefaultMFAAdapter):
    """The shared secret of a second factor is encrypted like every other secret."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _("An administrator keeps the second factor."),
        "cannot_generate_recovery_codes": _("Set up the authenticator app first."),
        "incorrect_code": _("The code is not right."),
    }

    def encrypt(self, text):
        return encrypt(text)

    def decrypt(self, encrypted_text):
        return decrypt(encrypted_text)

    def get_totp_label(self, user):
        return user.username

    def can_delete_authenticator(self, authenticator):
        return not (
            settings.REQUIRE_TOTP_FOR_ADMIN and authenticator.user.has_perm("accounts.manage_staff")
        )
