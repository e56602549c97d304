"""The codes of the access log in words; a code that is not here is shown as it is."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "authz.denied": _("page refused"),
    "case.view": _("access case opened"),
    "client.list_doubles": _("possible doubles listed"),
    "client.merge": _("clients merged"),
    "client.reveal_code": _("personal code shown"),
    "client.search": _("clients searched"),
    "client.undo_merge": _("merging of clients undone"),
    "client.view": _("client opened"),
    "competence.ended": _("competence ended"),
    "competence.given": _("competence given"),
    "inquiry.callbacks": _("callbacks listed"),
    "inquiry.export": _("inquiries exported"),
    "inquiry.list": _("inquiries listed"),
    "inquiry.search": _("inquiries searched"),
    "inquiry.view": _("inquiry opened"),
    "login": _("signed in"),
    "login.locked": _("signing in locked"),
    "logout": _("signed out"),
    "paper": _("paper opened"),
    "registry.ask_live": _("business register asked"),
    "registry.confirm_check": _("check confirmed by hand"),
    "registry.request_check": _("check requested"),
    "registry.stop_waiting": _("waiting for the register ended"),
    "registry.view_check": _("check opened"),
    "registry.view_organisation": _("register entry opened"),
    "registry.withdraw_check": _("check withdrawn"),
    "staff.change": _("account changed"),
    "substitution.arranged": _("substitution arranged"),
    "substitution.ended": _("substitution ended"),
    "token.issued": _("API token issued"),
    "token.revoked": _("API token revoked"),
}
