"""Logs for machines: one JSON object a line on stderr, one line a request.

They never hold what people wrote, query strings, addresses typed into a path, or secrets: a request
is named by its route's template, an exception by its type and the places in the code it went
through (its message may quote a row).
"""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from forum.base import clock

quiet = False  # tests and the other commands set it: no lines for requests
_logger = logging.getLogger("folkmoot")


def request(*, id: str, method: str, route: str, status: int, ms: float, actor: int | None) -> None:
    """The one line of a request. Written past `logging`, which would cost as much as a page."""
    if quiet:
        return
    at = clock.iso(datetime.now(UTC))
    sys.stderr.write(
        f'{{"at":"{at}","event":"request","id":"{id}","method":{json.dumps(method)},'
        f'"route":{json.dumps(route)},"status":{status},"ms":{ms},"actor":{json.dumps(actor)}}}\n'
    )


def fault(id: str, route: str, error: Exception) -> None:
    """A request that we failed: where in the code, under the id that the reader was told."""
    if not quiet:
        trace = (type(error), error, error.__traceback__)
        facts = {"id": id, "route": route}
        _logger.error("request failed", exc_info=trace, extra={"facts": facts})


class Lines(logging.Formatter):
    """Everything else that is logged, as JSON too."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        line: dict[str, Any] = {
            "at": clock.iso(datetime.fromtimestamp(record.created, UTC)),
            "event": record.name,
            "level": record.levelname.lower(),
            "message": record.getMessage(),
        }
        line.update(getattr(record, "facts", {}))
        if record.exc_info and record.exc_info[0]:
            kind, _error, trace = record.exc_info
            line["error"] = f"{kind.__module__}.{kind.__qualname__}"
            line["trace"] = places(trace)
        return json.dumps(line, ensure_ascii=False, default=str)


def places(trace: TracebackType | None) -> list[str]:
    """Where an exception passed: file, line and function, without a value from any of them."""
    found = traceback.extract_tb(trace)
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in found][-30:]


def setup(*, level: int = logging.INFO) -> None:
    """Send all logs of this process to stderr, as lines; done by the commands that serve."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("folkmoot").setLevel(level)
    # uvicorn tells each start and stop of a process at this level; we have told it better.
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
