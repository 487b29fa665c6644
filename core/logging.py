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
            # Django logs its last word on a request after all middleware has ended.
            "request_id": request_id.get() or getattr(request, "request_id", ""),
            "status": getattr(record, "status_code", None),
            "method": getattr(request, "method", None),
            "path": getattr(request, "path", None),
        }
