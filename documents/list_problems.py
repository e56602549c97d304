"""Why a trusted list is not taken: each with a code that is kept and a sentence for people."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from common.refusals import Refusal


class ListProblem(Refusal):
    """Base. `detail` is for whoever looks into it: a status, the name of a check, an address."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail=detail)
        self.detail = detail


class ListUnreachable(ListProblem):
    code = "unreachable"
    sentence = _("The server of the list does not answer.")


class ListServerRefuses(ListProblem):
    code = "server_refuses"
    sentence = _("The server answered, but not with the list.")


class ListTooLarge(ListProblem):
    code = "too_large"
    sentence = _("What the server sends is larger than any trusted list.")


class ListElsewhere(ListProblem):
    code = "elsewhere"
    sentence = _("The address leads to another one of a kind that is not followed.")


class ListNotReadable(ListProblem):
    code = "not_readable"
    sentence = _("This is not a trusted list, or a part of one.")


class ListSignatureWrong(ListProblem):
    code = "signature_wrong"
    sentence = _("The list is not signed by anybody who may sign it, or was changed afterwards.")


class OlderList(ListProblem):
    code = "older"
    sentence = _("This list is older than the one that is kept already.")


class NumberUsedTwice(ListProblem):
    code = "number_used_twice"
    sentence = _("Another list with the same sequence number is kept already.")


class OtherTerritory(ListProblem):
    code = "other_territory"
    sentence = _("This is the list of another country than was asked for.")


class OtherKind(ListProblem):
    code = "other_kind"
    sentence = _("A list of lists was given for the list of a country, or the other way round.")


class OtherStore(ListProblem):
    code = "other_store"
    sentence = _("Test lists and live lists are never kept in one store.")


class NoSigners(ListProblem):
    code = "no_signers"
    sentence = _(
        "No certificates have been configured by which the list of lists could be verified."
    )


class NotNamed(ListProblem):
    code = "not_named"
    sentence = _("The list of lists names no list of this country.")


class NoListOfLists(ListProblem):
    code = "no_list_of_lists"
    sentence = _("No verified list of lists in force says who signs this list.")


class ListOfListsExpired(ListProblem):
    code = "list_of_lists_expired"
    sentence = _("The list of lists is past its own date of renewal.")


class ListOfListsUnverified(ListProblem):
    code = "list_of_lists_unverified"
    sentence = _("A list of lists is never believed as it is: others are verified by it.")


class Unforeseen(ListProblem):
    code = "unforeseen"
    sentence = _("Something went wrong that nobody foresaw; the log says more.")


SENTENCES: dict[str, Promise | str] = {
    problem.code: problem.sentence for problem in ListProblem.__subclasses__()
}
