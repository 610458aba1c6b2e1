"""What is wrong in a content file, where, and how to mend it."""

from collections.abc import Iterable
from typing import Literal

import msgspec

Severity = Literal["error", "warning"]


class Finding(msgspec.Struct, frozen=True, order=True):
    """One mistake; `line` counts from 1."""

    file: str
    line: int
    what: str
    mend: str
    severity: Severity = "error"

    def __str__(self) -> str:
        mark = "" if self.severity == "error" else "warning: "
        return f"{self.file}:{self.line}: {mark}{self.what}; {self.mend}"


class Notes:
    """Collects findings while files are read, so that all are told at once."""

    def __init__(self) -> None:
        self._found: dict[Finding, None] = {}

    def error(self, file: str, line: int, what: str, mend: str) -> None:
        """Note a mistake that keeps the content from loading."""
        self._found[Finding(file, line, what, mend)] = None

    def warn(self, file: str, line: int, what: str, mend: str) -> None:
        """Note something to look at that stops nothing."""
        self._found[Finding(file, line, what, mend, "warning")] = None

    def all(self) -> tuple[Finding, ...]:
        """Everything noted, each once, by file and line."""
        return tuple(sorted(self._found))


def errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that are errors."""
    return tuple(finding for finding in findings if finding.severity == "error")
