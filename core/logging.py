"""One JSON object a line, so that any log store can read it. Carries the request id; never query strings or bodies."""

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime

request_id: ContextVar[str] = ContextVar("request_id", default="")


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request_id": request_id.get(),
            **self._request(record),
        }
        if record.exc_info:
            entry["traceback"] = self.formatException(record.exc_info)
        if record.stack_info:
            entry["stack"] = self.formatStack(record.stack_info)
        return json.dumps({key: value for key, value in entry.items() if value}, ensure_ascii=False, default=str)

    @staticmethod
    def _request(record: logging.LogRecord) -> dict:
        request = getattr(record, "request", None)
        return {
            "status": getattr(record, "status_code", None),
            "method": getattr(request, "method", None),
            "path": getattr(request, "path", None),
        }
