"""Members of staff at their browsers: real requests, sent again as the pages send them again."""

import hashlib
import threading
import time
import uuid
from random import Random

import httpx
from bs4 import BeautifulSoup

from tests.chaos.ledger import Call, Case
from tests.chaos.scene import ORGANISATIONS
from tests.factories.accounts import PASSWORD

ANSWER_WITHIN_SECONDS = 10  # as static/js/call/form.js
BACK_OFF_SECONDS = 0.15
PATIENCE_SECONDS = 120
MOST_OPEN_CASES = 6
SIGN_IN_ATTEMPTS = 10


class Person(threading.Thread):
    """Works until told to go home, then ends what was begun."""

    def __init__(self, name, *, address, ledger, scene, seed):
        super().__init__(name=name, daemon=True)
        self.address, self.ledger, self.scene = address, ledger, scene
        self.rng = Random(f"{seed} {name}")
        self.goes_home = threading.Event()
        self.browser = httpx.Client(base_url=address, timeout=ANSWER_WITHIN_SECONDS)

    def run(self):
        try:
            self.sign_in()
            while not self.goes_home.is_set():
                self.work()
                time.sleep(self.rng.uniform(0.02, 0.1))
            self.end_work()
        except Exception as error:  # a thread's end is told in the report
            self.ledger.complain(f"{self.name} gave up: {error!r}")

    def work(self):
        raise NotImplementedError

    def end_work(self):
        pass

    def sign_in(self):
        self.browser.get("/accounts/login/")
        # All sign in from one address at once; the limiter says 429 when its lock is not free in time.
        for _attempt in range(SIGN_IN_ATTEMPTS):
            answer = self.browser.post(
                "/accounts/login/", data={"login": self.name, "password": PASSWORD, **self.token()}
            )
            if answer.status_code != httpx.codes.TOO_MANY_REQUESTS:
                break
            time.sleep(1)
        if answer.status_code != httpx.codes.FOUND:
            raise RuntimeError(f"sign-in answered {answer.status_code}")

    def token(self):
        return {"csrfmiddlewaretoken": self.browser.cookies.get("csrftoken", "")}

    def send_once(self, kind, method, path, **content):
        """Return the answer, or None if none came or the server failed."""
        headers = {"X-CSRFToken": self.browser.cookies.get("csrftoken", "")}
        with self.ledger.flying(kind):
            try:
                answer = self.browser.request(method, path, headers=headers, **content)
            except httpx.HTTPError:
                self.ledger.count("unanswered", kind)
                return None
        if answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
            self.ledger.complain(f"{kind} answered {answer.status_code}")
            return None
        if "/accounts/login/" in answer.headers.get("Location", "") or answer.status_code == 401:
            self.ledger.complain(f"{self.name} was signed out")
            self.sign_in()
            return None
        self.ledger.count("answered", kind)
        return answer

    def send(self, kind, method, path, **content):
        """The same again until it is answered."""
        ends = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < ends:
            answer = self.send_once(kind, method, path, **content)
            if answer is not None:
                return answer
            time.sleep(BACK_OFF_SECONDS)
        raise TimeoutError(f"{kind} was not answered for {PATIENCE_SECONDS} s")


class CallAgent(Person):
    """Types into call forms that keep themselves, and finishes most of them."""

    def work(self):
        key = str(uuid.uuid4())
        call = self.ledger.calls[key] = Call()
        self.version = None
        for _ in range(self.rng.randint(2, 6)):
            self.type_and_save(key, call)
            time.sleep(self.rng.uniform(0, 0.05))
        if self.rng.random() < 0.8:
            self.finish(key, call)

    def typed(self, key, number):
        return {
            "channel": "phone",
            "language": "et",
            "is_anonymous": "on",
            "topic": str(self.scene.topic),
            "question": f"{key} {number}",
            "answer": "Töölaud, halda volitusi.",
            "source_text": "MSVS § 6",
            "outcome": "solved",
        }

    def type_and_save(self, key, call):
        call.sent += 1
        while True:
            sent = {"version": self.version, "typed": self.typed(key, call.sent), "ended": False}
            answer = self.send_once("autosave", "POST", f"/calls/{key}/save/", json=sent)
            if answer is None:
                if self.rng.random() < 0.5:  # she types on while the server is away
                    call.sent += 1
                time.sleep(BACK_OFF_SECONDS)
            elif answer.status_code == httpx.codes.CONFLICT:
                self.keep_mine(answer)
            elif answer.is_success:
                self.version, call.acknowledged = answer.json()["version"], call.sent
                return
            else:
                raise RuntimeError(f"autosave answered {answer.status_code}")

    def keep_mine(self, answer):
        """The page shows both texts and asks; only her own earlier save can be the other."""
        self.ledger.count("notes", "conflict with one's own unanswered save")
        self.version = answer.json()["version"]

    def finish(self, key, call):
        call.is_finish_sent = True
        twin = None
        if self.rng.random() < 0.3:
            twin = threading.Thread(target=self.finish_too, args=(key, call), daemon=True)
            twin.start()
        while True:
            sent = {"version": self.version, "typed": self.typed(key, call.sent)}
            answer = self.send("finish", "POST", f"/calls/{key}/finish/", json=sent)
            if answer.status_code != httpx.codes.CONFLICT:
                break
            self.keep_mine(answer)
        if twin:
            twin.join()
        self.take_number(call, answer)
        self.save_late(key, call)

    def finish_too(self, key, call):
        """The same finish from another tab, at the same moment; it may fail to be answered."""
        sent = {"version": self.version, "typed": self.typed(key, call.sent)}
        answer = self.send_once("finish", "POST", f"/calls/{key}/finish/", json=sent)
        if answer is not None and answer.is_success:
            self.take_number(call, answer)

    def take_number(self, call, answer):
        if not answer.is_success:
            raise RuntimeError(f"finish answered {answer.status_code}: {answer.text[:500]}")
        call.acknowledged = call.sent
        call.numbers.add(answer.json()["number"])

    def save_late(self, key, call):
        """An autosave that comes after the finish makes no new draft."""
        sent = {"version": self.version, "typed": self.typed(key, call.sent), "ended": False}
        answer = self.send("autosave", "POST", f"/calls/{key}/save/", json=sent)
        if answer.status_code != httpx.codes.GONE:
            self.ledger.complain(f"autosave after the finish answered {answer.status_code}")


class CaseAgent(Person):
    """Starts access cases, has representation checked and asks for drafts; several at a time."""

    def __init__(self, *words, **named):
        super().__init__(*words, **named)
        self.open = []

    def work(self):
        if len(self.open) < MOST_OPEN_CASES:
            self.open.append(self.start_case())
        self.look_at(self.open.pop(0))

    def end_work(self):
        ends = time.monotonic() + PATIENCE_SECONDS
        while self.open and time.monotonic() < ends:
            self.look_at(self.open.pop(0))
            time.sleep(0.2)
        for case in self.open:
            self.ledger.complain(f"case {case.pk} got no further")

    def start_case(self):
        key = str(uuid.uuid4())
        case = self.ledger.cases[key] = Case()
        code = self.rng.choice(list(ORGANISATIONS))
        content = {"key": key, "portal": "e_services", "organisation_code": code}
        answer = self.send("case", "POST", "/documents/start/", data=content)
        if answer.status_code != httpx.codes.FOUND:
            raise RuntimeError(f"start of a case answered {answer.status_code}")
        case.pk = int(answer.headers["Location"].rstrip("/").rpartition("/")[2])
        return case

    def look_at(self, case):
        """Go on with a case as far as it goes; it comes back to the pile until its file is here."""
        answer = self.send("look", "GET", f"/documents/{case.pk}/")
        page = BeautifulSoup(answer.text, "html.parser")
        form = page.find("form", id="signers")
        if f"/documents/papers/{case.paper}/file/" in answer.text:
            return self.download(case)
        if form is not None:
            case.paper = int(form["action"].split("/")[3])
            self.press(case, page, form)
        self.open.append(case)
        return None

    def press(self, case, page, form):
        version = form.find("input", {"name": "version"})["value"]
        if self.rng.random() < 0.25:
            path = f"/documents/papers/{case.paper}/check/"
            self.send("check", "POST", path, data={"version": version})
            return
        content = {
            "version": version,
            "people": [form.find("input", {"name": "people"})["value"]],
            "delegation": form.find("select", {"name": "delegation"}).option["value"],
            "hand_country": "EST",
        }
        answer = self.send("draft", "POST", form["action"], data=content)
        if answer.status_code == httpx.codes.FOUND:
            case.is_draft_acknowledged = True
        else:
            problem = BeautifulSoup(answer.text, "html.parser").find(class_="errorlist")
            self.ledger.count("notes", f"draft refused: {problem and problem.text}")

    def download(self, case):
        answer = self.send("look", "GET", f"/documents/papers/{case.paper}/file/")
        case.sha256 = hashlib.sha256(answer.content).hexdigest()


class MailAgent(Person):
    """Has letters sent that ask whether an address works."""

    def work(self):
        time.sleep(self.rng.uniform(0, 0.2))
        client, point = self.rng.choice(self.scene.addresses)
        answer = self.send("mail", "POST", f"/clients/{client}/contacts/{point}/request/")
        if answer.status_code == httpx.codes.FOUND:
            self.ledger.letters += 1
        else:
            self.ledger.complain(f"request of a letter answered {answer.status_code}")
