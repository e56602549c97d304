"""What a request is and what it is answered with."""

import dataclasses
import json
from urllib.parse import parse_qs


class Refused(Exception):
    """An answer other than yes, in Jira's shape."""

    def __init__(self, status, /, *sentences, headers=None, **fields):
        super().__init__(status, sentences, fields)
        self.status, self.sentences, self.fields = status, list(sentences), fields
        self.headers = headers or {}

    def answer(self):
        body = {"errorMessages": self.sentences, "errors": self.fields}
        return Answer(self.status, body, self.headers)


NO_ISSUE = "Issue does not exist or you do not have permission to see it."


@dataclasses.dataclass
class Answer:
    status: int = 200
    body: object = None  # JSON; bytes are sent as they are
    headers: dict = dataclasses.field(default_factory=dict)

    def content(self):
        if self.body is None:
            return b""
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


@dataclasses.dataclass
class Request:
    site: object
    method: str
    path: str
    query: dict
    headers: object
    body: bytes
    version: str = "2"
    person: object = None

    @property
    def shapes(self):
        return self.site.shapes

    def json(self):
        try:
            return json.loads(self.body)
        except ValueError as error:
            raise Refused(
                400, "There was an error parsing JSON. Check that your request body is valid."
            ) from error

    def object(self):
        found = self.json()
        if not isinstance(found, dict):
            raise Refused(400, "Can not deserialize instance.")
        return found

    def one(self, name, default=""):
        return self.query.get(name, [default])[0]

    def several(self, name, default=""):
        """`fields=a,b` and `fields=a&fields=b` say the same."""
        found = ",".join(self.query.get(name, [default]))
        return [one.strip() for one in found.split(",") if one.strip()]

    def number(self, name, default):
        try:
            return max(0, int(self.one(name, str(default))))
        except ValueError as error:
            raise Refused(400, f"'{name}' must be a number.") from error

    def issue(self, id_or_key):
        """The issue, if whoever asks may see it."""
        try:
            issue = self.site.find(id_or_key)
        except KeyError as error:
            raise Refused(404, NO_ISSUE) from error
        if issue.project.is_hidden and self.person is self.site.bot:
            raise Refused(404, NO_ISSUE)
        return issue

    def page(self, found, name, *, most=50):
        """startAt and maxResults, as everywhere but in Cloud's search."""
        start, size = self.number("startAt", 0), min(self.number("maxResults", most), 1000)
        shown = {"startAt": start, "maxResults": size, "total": len(found)}
        return shown | {name: found[start : start + size]}


def query_of(text):
    return parse_qs(text, keep_blank_values=True)
