"""Fields of an issue as they are sent, held against the project's screen. Wrong ones are named, all at once."""

import datetime as dt
import re

from tests.standins.jira import world
from tests.standins.jira.answers import Refused
from tests.standins.jira.words import BadBody, TooLong, taken

LIMIT = "The entered text is too long. It exceeds the allowed limit of 32,767 characters."
NOT_A_DOCUMENT = "Operation value must be an Atlassian Document (see the Atlassian Document Format)"


class Wrong(Exception):
    """One field that cannot be set so."""


def text(value, version):
    try:
        return taken(value, version)
    except TooLong as error:
        raise Wrong(LIMIT) from error
    except BadBody as error:
        raise Wrong(
            NOT_A_DOCUMENT if version == "3" else "Operation value must be a string"
        ) from error


class Filling:
    """Puts sent fields into an issue: `take` for each, then `done`."""

    def __init__(self, site, project, version):
        self.site, self.project, self.version = site, project, version
        self.facts, self.custom, self.errors = {}, {}, {}

    def take_all(self, fields):
        for name, value in fields.items():
            if name in ("project", "issuetype"):
                continue
            try:
                self.take(name, value)
            except Wrong as wrong:
                self.errors[name] = str(wrong)
        return self

    def done(self):
        if self.errors:
            raise Refused(400, **self.errors)
        return self.facts

    def take(self, name, value):
        if name.startswith("customfield_"):
            self.custom[name] = self.custom_value(name, value)
            return
        reader = getattr(self, f"read_{name}", None)
        if reader is None:
            raise Wrong(
                f"Field '{name}' cannot be set. It is not on the appropriate screen, or unknown."
            )
        reader(value)

    def read_summary(self, value):
        if not isinstance(value, str) or not value.strip():
            raise Wrong("You must specify a summary of the issue.")
        if "\n" in value or "\r" in value:
            raise Wrong("The summary is invalid because it contains newline characters.")
        if len(value) > 255:
            raise Wrong("Summary must be less than 255 characters.")
        self.facts["summary"] = value

    def read_description(self, value):
        self.facts["description"] = None if value is None else text(value, self.version)

    def read_priority(self, value):
        self.facts["priority"] = self.chosen(value, world.PRIORITIES, "Priority")

    def chosen(self, value, ids, what):
        value = value if isinstance(value, dict) else {}
        by_id = {number: name for name, number in ids.items()}
        if value.get("name") in ids:
            return value["name"]
        if str(value.get("id")) in by_id:
            return by_id[str(value["id"])]
        raise Wrong(f"{what} name '{value.get('name', value.get('id'))}' is not valid")

    def read_labels(self, value):
        if not isinstance(value, list):
            raise Wrong("data was not an array")
        for label in value:
            if not isinstance(label, str) or re.search(r"\s", label):
                raise Wrong(f"The label '{label}' contains spaces which is invalid.")
        self.facts["labels"] = list(dict.fromkeys(value))

    def read_components(self, value):
        names = [one.get("name") for one in value if isinstance(one, dict)]
        for name in names:
            if name not in self.project.components:
                raise Wrong(f"Component name '{name}' is not valid")
        self.facts["components"] = names

    def read_duedate(self, value):
        try:
            self.facts["due_on"] = value and dt.date.fromisoformat(value).isoformat()
        except (ValueError, TypeError) as error:
            raise Wrong(f"Error parsing date string: {value}") from error

    def read_reporter(self, value):
        self.facts["reporter"] = self.somebody(value)

    def read_assignee(self, value):
        self.facts["assignee"] = value and self.somebody(value)

    def somebody(self, value):
        value = value if isinstance(value, dict) else {}
        names = ("accountId", "id") if self.site.is_cloud else ("name",)
        wanted = next((value[name] for name in names if name in value), None)
        for person in self.site.people.values():
            if wanted == self.site.shapes.account(person):
                return person
        raise Wrong(f"User '{wanted}' does not exist.")

    def custom_value(self, name, value):
        field = next((one for one in self.site.fields if one.id == name), None)
        if field is None or name not in self.project.custom:
            raise Wrong(
                f"Field '{name}' cannot be set. It is not on the appropriate screen, or unknown."
            )
        if value is None:
            return None
        return getattr(self, f"custom_{field.kind}")(field, value)

    def custom_string(self, field, value):
        if not isinstance(value, str):
            raise Wrong("Operation value must be a string")
        if len(value) > 255:
            raise Wrong(
                "The entered text is too long. It exceeds the allowed limit of 255 characters."
            )
        return value

    def custom_number(self, field, value):
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise Wrong("Operation value must be a number")
        return value

    def custom_option(self, field, value):
        chosen = value.get("value") if isinstance(value, dict) else None
        if chosen not in field.options:
            raise Wrong(f"Option value '{chosen}' is not valid")
        return {"self": "", "value": chosen, "id": str(10100 + field.options.index(chosen))}
