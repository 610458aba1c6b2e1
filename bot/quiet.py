"""Logs that can't hold a user's words; `hush` runs before the first import of Rasa.

Rasa puts messages, slots and trackers into log lines in a dozen ways, so nothing of
a foreign message is written: only level, logger, file:line and the exception's type.
"""

import logging
import sys
import threading
import warnings
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any, TextIO

OWN = "bot.core"
"""Loggers under this name write fixed sentences of ours, which may be read."""


class PlaceOnly(logging.Formatter):
    """Renders where and what kind, never the message of a foreign logger."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line."""
        place = f"{record.levelname} {record.name} {record.filename}:{record.lineno}"
        kind = record.exc_info[0] if record.exc_info else None
        said = str(record.msg) if record.name.startswith(OWN) else ""
        return " ".join(filter(None, (place, kind.__name__ if kind else "", said)))


def hush(level: int = logging.WARNING) -> None:
    """Route every log, warning and uncaught exception through `PlaceOnly`.

    Called again once the server has started, since libraries bring handlers along.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(PlaceOnly())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in list(logging.root.manager.loggerDict):
        logger = logging.getLogger(name)
        logger.handlers = []
        logger.propagate = True
        if logger.level not in (logging.NOTSET, level):
            logger.setLevel(logging.NOTSET)
    logging.lastResort = handler
    logging.raiseExceptions = False  # a failing log line would print its arguments
    _hush_structlog(level)
    _hush_hooks()


def _hush_structlog(level: int) -> None:
    import structlog

    structlog.configure(
        processors=[_event_only],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def _event_only(logger: Any, level: str, event: MutableMapping[str, Any]) -> str:
    # Event names are dotted words in Rasa's source; anything else might be a text.
    name = str(event.get("event", ""))
    safe = name if name.replace(".", "").replace("_", "").isalnum() else "event"
    return f"{level.upper()} structlog {safe}"


def _hush_hooks() -> None:
    warnings.showwarning = _warning
    sys.excepthook = _uncaught
    sys.unraisablehook = lambda args: _uncaught(args.exc_type, None, None)
    threading.excepthook = lambda args: _uncaught(args.exc_type, None, None)


def _warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    sys.stderr.write(f"WARNING {category.__name__} {filename}:{lineno}\n")


def _uncaught(
    kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
) -> None:
    place = ""
    while trace is not None:
        code = trace.tb_frame.f_code
        place = f" {code.co_filename}:{trace.tb_lineno}"
        trace = trace.tb_next
    sys.stderr.write(f"CRITICAL uncaught {kind.__name__}{place}\n")
