"""A week of calls through an exchange, as the demo's inquiries by phone would have come in."""

import datetime as dt
from random import Random

from inquiries.models import Channel, Direction, Inquiry, LinkedHow, PhoneCall, PhoneLine

DAYS = 7
LINE = "Asterisk (demo)"
QUEUE = "klienditugi"
WAIT = 17  # median of seconds until somebody answers, log-normal
NOT_KNOWN = 0.015  # inquiries of whose call the exchange knows nothing
NOT_WRITTEN = 0.02  # answered calls about which nothing is written down
GAVE_UP = 0.09  # calls that nobody answered
CALLED_AGAIN = 0.7  # of those who gave up: reached us within the hour
CAUSES = ("cancel", "cancel", "cancel", "noAnswer", "busy")


def create_phone_calls(*, at: dt.datetime, rng: Random) -> int:
    """Write the calls of the inquiries of the last week, and the calls that came to nothing.

    Returns how many calls there are.
    """
    line, _is_new = PhoneLine.objects.get_or_create(name=LINE)
    inquiries = Inquiry.objects.filter(
        channel=Channel.PHONE, started_at__gt=at - dt.timedelta(days=DAYS), started_at__lt=at
    ).order_by("started_at")
    made = _Week(line, rng, at)
    for inquiry in inquiries:
        if rng.random() >= NOT_KNOWN:
            made.answered(inquiry)
        if rng.random() < NOT_WRITTEN:
            made.not_written(inquiry)
        if rng.random() < GAVE_UP:
            made.gave_up(inquiry)
    PhoneCall.objects.bulk_create(made.calls, batch_size=500)
    return PhoneCall.objects.count()


class _Week:
    """The calls, drawn one after another."""

    def __init__(self, line: PhoneLine, rng: Random, at: dt.datetime) -> None:
        self.line, self.rng, self.at = line, rng, at
        self.calls: list[PhoneCall] = []

    def answered(self, inquiry: Inquiry) -> None:
        wait = int(WAIT * self.rng.lognormvariate(0, 0.7)) + 2
        self._put(
            inquiry.caller_number,
            inquiry.started_at - dt.timedelta(seconds=wait),
            answered_at=inquiry.started_at,
            ended_at=inquiry.ended_at,
            agent_id=inquiry.agent_id,
            waited_seconds=wait,
            cause="normalClearing",
            contact_key=inquiry.key,
            linked_how=LinkedHow.RULE,
        )

    def not_written(self, inquiry: Inquiry) -> None:
        rang_at = inquiry.wrapped_up_at + dt.timedelta(seconds=self.rng.randrange(5, 60))
        ended_at = rang_at + dt.timedelta(seconds=self.rng.randrange(20, 200))
        if ended_at >= self.at:
            return
        self._put(
            self._stranger(),
            rang_at,
            answered_at=rang_at + dt.timedelta(seconds=9),
            ended_at=ended_at,
            agent_id=inquiry.agent_id,
            waited_seconds=9,
            cause="normalClearing",
        )

    def gave_up(self, inquiry: Inquiry) -> None:
        """Somebody gives up, perhaps more than once; most reach us later."""
        has_reached = inquiry.caller_number and self.rng.random() < CALLED_AGAIN
        number = inquiry.caller_number if has_reached else self._stranger()
        rang_at = inquiry.started_at - dt.timedelta(minutes=self.rng.randrange(4, 50))
        for _time in range(self.rng.choice((1, 1, 1, 2, 3))):
            wait = int(40 * self.rng.lognormvariate(0, 0.6)) + 5
            self._put(
                number,
                rang_at,
                ended_at=rang_at + dt.timedelta(seconds=wait),
                waited_seconds=wait,
                cause=self.rng.choice(CAUSES),
                is_missed=True,
            )
            rang_at += dt.timedelta(seconds=wait + 30)

    def _stranger(self) -> str:
        is_withheld = self.rng.random() < 0.08
        return "" if is_withheld else f"+37284{self.rng.randrange(1_000_000):06d}"

    def _put(self, number: str, rang_at: dt.datetime, **more: object) -> None:
        self.calls.append(
            PhoneCall(
                line=self.line,
                call_id=f"demo-{len(self.calls) + 1}",
                direction=Direction.IN,
                queue=QUEUE,
                number=number,
                from_number=number,
                from_given=number or "anonymous",
                to_given="6625900",
                to_number="+3726625900",
                rang_at=rang_at,
                is_timed_by_exchange=True,
                **more,
            )
        )
