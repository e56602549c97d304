from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from common.states import Move, Moves


class ImportState(TextChoices):
    QUEUED = "queued", _("Waiting for the worker")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


IMPORT_MOVES = Moves(
    {
        "start_import": Move(
            (ImportState.QUEUED, ImportState.RUNNING), ImportState.RUNNING, "worker"
        ),
        "finish_import": Move((ImportState.RUNNING,), ImportState.DONE, "worker"),
        "fail_import": Move(
            (ImportState.QUEUED, ImportState.RUNNING), ImportState.FAILED, "worker"
        ),
        "resume_import": Move((ImportState.FAILED,), ImportState.QUEUED, "administrator"),
    }
)


class CheckState(TextChoices):
    REQUESTED = "requested", _("Requested")
    ASKING = "asking", _("Asking the register")
    WAITING = "waiting", _("Waiting for the register")
    ANSWERED = "answered", _("Answered")
    NEEDS_READING = "needs_reading", _("A person must read it")
    NEEDS_EVIDENCE = "needs_evidence", _("Needs an extract")
    CONFIRMED = "confirmed", _("Confirmed")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# What a person may still do something about.
OPEN_TO_PEOPLE = (CheckState.NEEDS_READING, CheckState.NEEDS_EVIDENCE)

CHECK_MOVES = Moves(
    {
        "start_asking": Move(
            (CheckState.REQUESTED, CheckState.WAITING, CheckState.ASKING),
            CheckState.ASKING,
            "worker",
        ),
        "receive_answer": Move((CheckState.ASKING,), CheckState.ANSWERED, "register"),
        "receive_answer_to_read": Move((CheckState.ASKING,), CheckState.NEEDS_READING, "register"),
        "wait_for_register": Move((CheckState.ASKING,), CheckState.WAITING, "worker"),
        "fall_back": Move((CheckState.ASKING,), CheckState.NEEDS_EVIDENCE, "worker"),
        "stop_waiting": Move(
            (CheckState.REQUESTED, CheckState.WAITING), CheckState.NEEDS_EVIDENCE, "specialist"
        ),
        "confirm": Move(OPEN_TO_PEOPLE, CheckState.CONFIRMED, "specialist"),
        "decline": Move(OPEN_TO_PEOPLE, CheckState.DECLINED, "specialist"),
        "withdraw": Move(
            (CheckState.REQUESTED, CheckState.WAITING, *OPEN_TO_PEOPLE),
            CheckState.WITHDRAWN,
            "specialist",
        ),
    }
)


class CheckPurpose(TextChoices):
    DRAFTING = "drafting", _("Drafting")
    SIGNING = "signing", _("Signing")
    RETURN = "return", _("Return of the signed paper")


DIAGRAMS = {"RegisterImport": IMPORT_MOVES, "RepresentationCheck": CHECK_MOVES}
