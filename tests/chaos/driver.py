"""Lets people work, kills the parts under them, and looks at what is left."""

import argparse
import json
import signal
import sys
import threading
import time
from collections import Counter
from random import Random

from django.conf import settings
from django.db import connection
from django.utils import timezone
from kombu.exceptions import OperationalError

from servicedesk.celery import app
from tests.chaos import owed, verdict
from tests.chaos.house import House, files_below
from tests.chaos.ledger import Ledger
from tests.chaos.people import CallAgent, CaseAgent, MailAgent
from tests.chaos.scene import CALL_AGENTS, CASE_AGENTS, MAIL_AGENT, Scene
from tests.standins import register
from tests.standins.smtp import mail_server

TARGETS = ("worker", "web", "both")
# What a strike waits for before it falls, so that rare work is met as often as common work.
AIMS = ("anything", "autosave", "finish", "case", "draft", "letters", "checks", "drafts")
SECONDS_TO_AIM = 8
REGISTER_DELAY_SECONDS = 0.1
MAIL_DELAY_SECONDS = 0.1
SWEEP_EVERY_SECONDS = 3  # oftener, and one worker does nothing but sweep
SECONDS_TO_SETTLE = 120


class Sweeper(threading.Thread):
    """Hurries the sweeps of the timetable as beat does, only more often."""

    def __init__(self):
        super().__init__(daemon=True)
        self.ends = threading.Event()

    def run(self):
        names = [
            line["task"] for line in settings.CELERY_BEAT_SCHEDULE.values() if self.is_quick(line)
        ]
        while not self.ends.wait(SWEEP_EVERY_SECONDS):
            for name in names:
                try:
                    app.send_task(name, retry=False)
                except (OperationalError, OSError):
                    break  # the broker is away; the next round tries again

    def is_quick(self, line):
        return isinstance(line["schedule"], int) and line["schedule"] <= 120


class Driver:
    def __init__(self, *, kills, seed, mail):
        self.kills, self.seed, self.mail = kills, seed, mail
        self.rng = Random(seed)
        self.register = register.start(port=int(settings.REGISTER_URL.split(":")[2].strip("/")))
        self.ledger, self.house = Ledger(), House()
        self.sweeper = Sweeper()
        self.struck, self.met, self.brokers_lost = Counter(), Counter(), 0

    def run(self):
        self.mail.fault, self.mail.slow_seconds = "slow", MAIL_DELAY_SECONDS
        self.register.register.control({"delay": REGISTER_DELAY_SECONDS})
        people = self.people(Scene(self.seed))
        self.house.start()
        self.sweeper.start()
        for person in people:
            person.start()
        for number in range(1, self.kills + 1):
            self.strike(number)
        time.sleep(self.rng.uniform(1, 2))
        self.settle(people)
        return verdict.faults(self.ledger, self.mail.letters)

    def people(self, scene):
        who = [(CallAgent, name) for name in CALL_AGENTS]
        who += [(CaseAgent, name) for name in CASE_AGENTS] + [(MailAgent, MAIL_AGENT)]
        known = {"address": settings.SITE_URL, "ledger": self.ledger, "scene": scene}
        return [kind(name, seed=self.seed, **known) for kind, name in who]

    def strike(self, number):
        """Wait for a random moment, kill, perhaps take the broker away too, and start again."""
        moment = self.rng.uniform(0.5, 3.0)
        # Every target comes up early, so that a short run meets each.
        target = TARGETS[(number - 1) % 3] if number <= 3 else self.rng.choice(TARGETS)
        takes_broker = number == 2 or self.rng.random() < 0.3
        if self.rng.random() < 0.3:
            self.register.register.control(
                {"mode": "unavailable", "times": 2, "delay": REGISTER_DELAY_SECONDS}
            )
        time.sleep(moment)
        aim = self.rng.choice(AIMS)
        self.wait_for_work(aim)
        time.sleep(self.rng.uniform(0, 0.15))
        parts = [self.house.web, self.house.worker]
        parts = parts if target == "both" else [getattr(self.house, target)]
        requests = self.ledger.now_in_flight()
        for part in parts:
            part.kill()
        held = owed.in_hands() if self.house.worker in parts else {}
        self.tell(number, f"{target} at {aim}", takes_broker, requests, held)
        self.struck[target] += 1
        if takes_broker:
            self.house.broker.lose()
        time.sleep(self.rng.uniform(0, 0.5))
        if self.house.worker in parts:
            owed.give_leases_time()
        owed.give_waiting_time()
        for part in parts:
            part.start()
        self.house.wait_for_web()

    def wait_for_work(self, aim):
        ends = time.monotonic() + SECONDS_TO_AIM
        while aim != "anything" and time.monotonic() < ends:
            if self.ledger.now_in_flight().get(aim) or owed.in_hands().get(aim):
                return
            time.sleep(0.01)

    def tell(self, number, target, takes_broker, requests, held):
        held = {what: count for what, count in held.items() if count}
        broker = ", broker lost" if takes_broker else ""
        self.brokers_lost += takes_broker
        for what, count in {**requests, **held}.items():
            self.met[what] += count
        say(f"  {number:2}. {target}{broker}; requests in flight {requests}; in hands {held}")

    def settle(self, people):
        """Everybody ends what was begun, then the system does what it owes; both within bounds."""
        for person in people:
            person.goes_home.set()
        ends = time.monotonic() + SECONDS_TO_SETTLE
        while time.monotonic() < ends:
            is_at_home = not any(person.is_alive() for person in people)
            if is_at_home and not any(owed.owed().values()):
                break
            time.sleep(0.5)
            owed.give_waiting_time()
        for person in people:
            if person.is_alive():
                self.ledger.complain(f"{person.name} could not end the work begun")
        for what, count in owed.owed().items():
            if count:
                self.ledger.complain(f"{count} {what} are still owed")
        self.sweeper.ends.set()

    def stop(self):
        self.sweeper.ends.set()
        self.house.stop()
        self.register.shutdown()

    def figures(self):
        came = len(self.mail.letters)
        different = len({letter["Message-ID"] for letter in self.mail.letters})
        ledger = self.ledger
        return {
            "engine": connection.vendor,
            "broker": self.house.broker.name,
            "seed": self.seed,
            "kills": dict(self.struck),
            "brokers lost": self.brokers_lost,
            "met in flight": dict(self.met),
            "calls": len(ledger.calls),
            "finished": sum(call.is_finish_sent for call in ledger.calls.values()),
            "cases": len(ledger.cases),
            "drafts": sum(bool(case.sha256) for case in ledger.cases.values()),
            "checks": verdict.RepresentationCheck.objects.count(),
            "letters": different,
            "delivered again": came - different,
            "answered": dict(ledger.answered),
            "unanswered": dict(ledger.unanswered),
            "notes": dict(ledger.notes),
            "left in the folder for temporary files": len(files_below(settings.VAR_DIR / "tmp")),
        }


def say(words):
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def too_long(*_nothing):
    raise TimeoutError("the driver ran into its limit")


def main():
    parser = argparse.ArgumentParser()
    for name in ("kills", "seed", "limit"):
        parser.add_argument(f"--{name}", type=int, required=True)
    options = parser.parse_args()
    signal.signal(signal.SIGALRM, too_long)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(2))
    signal.alarm(options.limit)
    began = timezone.now()
    with mail_server(settings.EMAIL_PORT) as mail:
        driver = Driver(kills=options.kills, seed=options.seed, mail=mail)
        say(f"{connection.vendor}, broker {driver.house.broker.name}, seed {options.seed}")
        try:
            faults = driver.run()
        finally:
            driver.stop()
        say(json.dumps(driver.figures(), ensure_ascii=False, indent=1))
    errors = driver.house.errors()
    for line in errors[:10]:
        say(line)
    for fault, times in Counter(faults).most_common(100):
        say(f"FAULT: {fault}" + (f" ({times} times)" if times > 1 else ""))
    if faults:
        say(driver.house.worker.log.read_text(errors="replace")[-8000:])
    say(f"{len(faults)} faults, {len(errors)} errors logged, {timezone.now() - began}")
    sys.exit(1 if faults else 0)
