"""Log lines as JSON on stdout, in the Elastic Common Schema's names, without personal data."""

import datetime as dt
import json
import logging
import re
from contextvars import ContextVar
from typing import Any

trace_id: ContextVar[str] = ContextVar("trace_id", default="")

# A database quotes the row that it refused; the constraint's name in its first line is enough.
QUOTED_ROWS = re.compile(r"^(DETAIL|CONTEXT|LINE \d+):.*\n?(\s+\^\s*\n?)?", re.MULTILINE)
PERSONAL_CODE = re.compile(r"(?<!\d)[1-8]\d{10}(?!\d)")
# The address of a telephone exchange holds its token; the development server tells addresses.
TOKEN_IN_ADDRESS = re.compile(r"(/cti/)[^/\s\"?]+")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")


def without_personal_data(text: str) -> str:
    text = TOKEN_IN_ADDRESS.sub(r"\1…", QUOTED_ROWS.sub("", text))
    return EMAIL.sub("…@…", PERSONAL_CODE.sub("***********", text))


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "@timestamp": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(),
            "log.level": record.levelname.lower(),
            "log.logger": record.name,
            "service.name": "servicedesk",
            "message": without_personal_data(self.words(record)),
        }
        if trace_id.get():
            line["trace.id"] = trace_id.get()
        line.update(getattr(record, "ecs", {}))
        if record.exc_info:
            line["error.type"] = getattr(record.exc_info[0], "__name__", "")
            line["error.stack_trace"] = without_personal_data(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)

    def words(self, record: logging.LogRecord) -> str:
        """Django writes the path of a request it complains of; a path may hold a secret link."""
        request, status = getattr(record, "request", None), getattr(record, "status_code", None)
        if request is None or status is None:
            return record.getMessage()
        return f"HTTP {status}: {route_of(request)}"


def route_of(request: Any) -> str:
    """Return the pattern of the address, in which ids and tokens are only named."""
    match = getattr(request, "resolver_match", None)
    return f"/{match.route}" if match else "(no such page)"
