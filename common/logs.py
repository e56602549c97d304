"""Log lines as JSON on stdout, in the Elastic Common Schema's names, without personal data."""

import datetime as dt
import json
import logging


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "@timestamp": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(),
            "log.level": record.levelname.lower(),
            "log.logger": record.name,
            "service.name": "servicedesk",
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["error.stack_trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
