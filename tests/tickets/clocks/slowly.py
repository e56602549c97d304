"""The same clocks read off minute by minute: nothing is shared with the code but the words."""

import datetime as dt

from common.working_time import is_public_holiday, is_shortened_date
from tickets.clocks import ClockState

EPOCH = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


def minute_of(at):
    return int((at - EPOCH).total_seconds()) // 60


def moment_of(minute):
    return EPOCH + dt.timedelta(minutes=minute)


class WallClock:
    """Asks of one minute at a time whether it is open."""

    def __init__(self, calendar):
        self.calendar, self.days, self.minutes = calendar, {}, {}

    def is_open(self, minute):
        if minute not in self.minutes:
            local = moment_of(minute).astimezone(self.calendar.zone)
            day = local.date()
            if day not in self.days:
                self.days[day] = self._open_minutes(day)
            self.minutes[minute] = local.hour * 60 + local.minute in self.days[day]
        return self.minutes[minute]

    def _open_minutes(self, day):
        if day in self.calendar.closed_days or is_public_holiday(day):
            return set()
        spans = self.calendar.hours.of_weekday[day.weekday()]
        minutes = [minute for start, end in spans for minute in range(start, end)]
        return set(minutes[:-180] if is_shortened_date(day) else minutes)


class Tally:
    def __init__(self, number, group, calendar, target):
        self.number, self.group, self.calendar, self.target = number, group, calendar, target
        self.used = 0
        self.reached = None  # minute at whose beginning the target is used up
        self.late = False
        self.ended = None
        self.met = False
        self.stands_still = False


class SlowClocks:
    def __init__(self, targets, calendars):
        self.targets = targets
        self.walls = {name: WallClock(calendar) for name, calendar in calendars.items()}
        self.group = self.urgency = None
        self.is_with_tier_two = self.is_waiting = False
        self.tallies = {}
        self.ended = []
        self.count = {"reaction": 0, "update": 0, "solution": 0, "delivery": 0}

    def walk(self, story, nows):
        """Return the readings at each of some rising minutes, and the ended periods at the last."""
        by_minute = {}
        for moment in story:
            by_minute.setdefault(minute_of(moment.at), []).append(moment)
        seen = []
        for minute in range(min(by_minute), nows[-1] + 1):
            for moment in by_minute.get(minute, ()):
                getattr(self, moment.what.value)(minute, moment.group, moment.urgency)
            seen += [self.readings(minute) for now in nows if now == minute]
            for tally in self.tallies.values():
                if tally.ended is None and not tally.stands_still:
                    self.tick(tally, minute)
        return seen, self.ended

    def tick(self, tally, minute):
        if tally.reached is not None and tally.reached <= minute:
            tally.late = True
        if self.walls[tally.calendar].is_open(minute):
            tally.used += 1
            if tally.used == tally.target:
                tally.reached = minute + 1

    # What happens

    def raised(self, minute, group, urgency):
        if self.is_with_tier_two:
            self.regrouped(minute, group, urgency)
            return
        self.group, self.urgency = group or self.group, urgency or self.urgency
        self.is_with_tier_two, self.is_waiting = True, False
        if "delivery" in self.tallies:
            self.finish("delivery", minute, met=False)
            del self.tallies["delivery"]
        self.start("reaction")
        self.start("update")
        before = self.tallies.get("solution")
        self.start("solution")
        if before is not None:
            after = self.tallies["solution"]
            after.used = before.used
            if before.group == self.group:
                after.number = before.number
                self.count["solution"] -= 1
            if before.target == after.target:
                after.reached, after.late = before.reached, before.late
            elif after.target is not None and after.used >= after.target:
                after.reached = minute

    def reopened(self, minute, group, urgency):
        if self.is_with_tier_two:
            self.regrouped(minute, group, urgency)
        else:
            self.raised(minute, group, urgency)

    def regrouped(self, minute, group, urgency):
        is_other = bool(group) and group != self.group
        self.group, self.urgency = group or self.group, urgency or self.urgency
        if is_other and self.is_with_tier_two:
            self.finish("reaction", minute, met=False)
            self.start("reaction")
            for name in ("update", "solution"):
                self.count[name] += 1
                self.tallies[name].number = self.count[name]
        for name, tally in self.tallies.items():
            if tally.ended is None:
                tally.group, tally.calendar = self.group, self.calendar_of(name)
                target = self.target_of(name)
                if target != tally.target:
                    tally.target, tally.late = target, False
                    is_used_up = target is not None and tally.used >= target
                    tally.reached = minute if is_used_up else None

    def reacted(self, minute, *_):
        if self.is_with_tier_two:
            self.finish("reaction", minute, met=True)

    def updated(self, minute, *_):
        if self.is_with_tier_two:
            self.finish("reaction", minute, met=True)
            self.finish("update", minute, met=True)
            self.start("update")

    def held(self, *_):
        self.all_stand_still(True)

    def released(self, *_):
        if not self.is_waiting:
            self.all_stand_still(False)

    def asked_client(self, minute, *_):
        if self.is_with_tier_two:
            self.is_waiting = True
            self.all_stand_still(True)

    def client_answered(self, minute, *_):
        if self.is_with_tier_two and self.is_waiting:
            self.is_waiting = False
            self.all_stand_still(False)

    def resolved(self, minute, *_):
        if self.is_with_tier_two:
            self.leave(minute, solved=True)
            self.start("delivery")

    def rejected(self, minute, *_):
        if self.is_with_tier_two:
            self.leave(minute, solved=False)

    def delivered(self, minute, *_):
        self.finish("delivery", minute, met=True)

    def closed(self, minute, *_):
        for name in list(self.tallies):
            self.finish(name, minute, met=False)
        self.is_with_tier_two = self.is_waiting = False

    def leave(self, minute, *, solved):
        self.finish("reaction", minute, met=True)
        self.finish("update", minute, met=True)
        self.finish("solution", minute, met=solved)
        self.is_with_tier_two = self.is_waiting = False

    def all_stand_still(self, still):
        for tally in self.tallies.values():
            tally.stands_still = still

    def start(self, name):
        self.count[name] += 1
        tally = Tally(self.count[name], self.group, self.calendar_of(name), self.target_of(name))
        tally.stands_still = self.is_waiting
        self.tallies[name] = tally

    def finish(self, name, minute, *, met):
        tally = self.tallies.get(name)
        if tally is not None and tally.ended is None:
            tally.ended, tally.met, tally.stands_still = minute, met, False
            self.ended.append(self.reading(name, tally, minute))

    def calendar_of(self, name):
        if name == "delivery":
            return self.targets.delivery_calendar
        return self.targets.calendar_of_group[self.group]

    def target_of(self, name):
        return self.targets.minutes.get((self.group, self.urgency), {}).get(name)

    # What is read off

    def readings(self, minute):
        return {name: self.reading(name, tally, minute) for name, tally in self.tallies.items()}

    def reading(self, name, tally, minute):
        due = self.due(tally, minute)
        return {
            "clock": name,
            "state": self.state(tally),
            "used_seconds": tally.used * 60,
            "due_at": None if due is None else moment_of(due),
            "ended_at": None if tally.ended is None else moment_of(tally.ended),
            "is_paused": tally.ended is None and tally.stands_still,
            "period": tally.number,
            "group": tally.group,
            "calendar": tally.calendar,
        }

    def state(self, tally):
        if tally.target is None:
            return ClockState.NONE
        if tally.late:
            return ClockState.MISSED
        if tally.ended is not None:
            return ClockState.MET if tally.met else ClockState.NONE
        return ClockState.PAUSED if tally.stands_still else ClockState.RUNNING

    def due(self, tally, minute):
        if tally.target is None or (tally.ended is None and tally.stands_still):
            return None
        if tally.reached is not None:
            return tally.reached
        at, left = minute if tally.ended is None else tally.ended, tally.target - tally.used
        while left:
            left -= self.walls[tally.calendar].is_open(at)
            at += 1
        return at
