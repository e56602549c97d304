"""How long a ticket has been with whom, in open hours: the service clocks. Plain Python, no Django.

A ticket's story is a list of moments; from it, the targets and the calendars everything is read anew
each time, so nothing can drift. Moments are read to the second.

REACTION waits for tier II's first own sign of work. It begins when the ticket is raised, begins
anew when it comes back (reopened, or raised again after a rejection: whoever turns to us a second
time expects one) and when another group gets it. It is met by `reacted`, or by an update, a solution
or a rejection where nothing came before.

UPDATE waits for the next word from tier II. It begins when the ticket is raised or comes back, and
anew at each update, from nothing; a solution or a rejection is a word too. What the client says
neither meets nor restarts it. Another group goes on with the silence that there already is.

SOLUTION waits for the solution. It begins when the ticket is raised and is met by `resolved`. When
the ticket comes back, it goes on with what was used; the time in between counts for nobody.

DELIVERY waits for the client to be told. It begins when tier II resolved, is met by `delivered`, and
is called off when the ticket comes back. It is the responsible's own, in the service's own hours.

Pause: between `asked_client` and `client_answered` the first three stand still; delivery is never
paused. Asking again while waiting, or an answer to no question, changes nothing; so does asking
while the ticket is not with tier II. A solution, a rejection and a closing end the pause; another
group takes the ticket over with it. In a pause tier II may still react, give an update or resolve.

Another group keeps what is used and brings its own target and hours from that moment on; what the
group before it used was counted in that one's hours. A change of urgency alone (`regrouped` to
the same group) brings another target and nothing else.

A rejection and a closing stop what still runs without meeting it.

Due is the moment at which the used time reaches the target: the closing of a day, rather than the
next opening. It is never before the moment from which that target held. A clock is missed once it
has gone on counting past its due moment, also outside hours: due by 16:00 and answered at 20:00 is
late. A missed clock stays missed in a pause; one that was paused in time does not become missed.

A change of a calendar or of targets moves whatever is not ended. What has ended is a fact: store
the reading (`ended_periods`) when it ends and hand it back as `kept`; it is then returned as it is,
and a solution that is reopened goes on from the time that was recorded.
"""

from tickets.clocks.read import ended_periods, read_clocks
from tickets.clocks.reading import ClockState, Reading
from tickets.clocks.steps import DueStep, Measure, Step, due_steps, next_step_at
from tickets.clocks.story import Happening, Moment, StoryNotUnderstood
from tickets.clocks.targets import CalendarMissing, ClockName, Targets

__all__ = [
    "CalendarMissing",
    "ClockName",
    "ClockState",
    "DueStep",
    "Happening",
    "Measure",
    "Moment",
    "Reading",
    "Step",
    "StoryNotUnderstood",
    "Targets",
    "due_steps",
    "ended_periods",
    "next_step_at",
    "read_clocks",
]
