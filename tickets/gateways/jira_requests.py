"""What we ask of Jira, and where: things of ours and the JSON that they become."""

import base64
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from tickets.jira.reading import clean

LONGEST_SUMMARY = 254


class Edition(StrEnum):
    """Which Jira it is. They differ in how texts are kept and how one signs in and searches."""

    DATA_CENTER = "data_center"
    CLOUD = "cloud"


@dataclass(frozen=True)
class JiraSite:
    """Where a Jira is, and as whom we speak to it."""

    url: str
    edition: Edition
    token: str = field(repr=False)
    email: str = ""  # Cloud alone
    timeout: float = 10.0
    ca_file: str = ""  # the agency's own authority, where the certificate is not one for all

    def authorization(self) -> str:
        if self.edition == Edition.DATA_CENTER:
            return f"Bearer {self.token}"
        pair = f"{self.email}:{self.token}".encode()
        return f"Basic {base64.b64encode(pair).decode()}"


@dataclass(frozen=True)
class NewIssue:
    """What an issue is made of. `more_fields` are custom fields by their ids, as Jira wants them."""

    project_key: str
    issue_type: str
    summary: str
    description: str
    labels: Sequence[str] = ()
    priority: str = ""
    components: Sequence[str] = ()
    due_on: dt.date | None = None
    more_fields: Mapping[str, Any] = field(default_factory=dict)
    properties: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self, body: Callable[[str], object]) -> dict[str, Any]:
        """`body` puts a plain text into the markup of that Jira."""
        fields: dict[str, Any] = {
            **self.more_fields,
            "project": {"key": self.project_key},
            "issuetype": {"name": self.issue_type},
            "summary": " ".join(clean(self.summary).split())[:LONGEST_SUMMARY],
            "description": body(self.description),
            "labels": list(self.labels),
        }
        if self.priority:
            fields["priority"] = {"name": self.priority}
        if self.components:
            fields["components"] = [{"name": name} for name in self.components]
        if self.due_on:
            fields["duedate"] = self.due_on.isoformat()
        if not self.properties:
            return {"fields": fields}
        properties = [{"key": key, "value": value} for key, value in self.properties.items()]
        return {"fields": fields, "properties": properties}


@dataclass(frozen=True)
class RemoteLink:
    """The way back from the issue to the ticket. The same `global_id` is the same link."""

    global_id: str
    url: str
    title: str
    summary: str = ""
    relationship: str = ""
    application: str = "Servicedesk"
    is_resolved: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "globalId": self.global_id,
            "application": {"type": "servicedesk", "name": self.application},
            "relationship": self.relationship,
            "object": {
                "url": self.url,
                "title": clean(self.title)[:255],
                "summary": clean(self.summary),
                "status": {"resolved": self.is_resolved},
            },
        }
