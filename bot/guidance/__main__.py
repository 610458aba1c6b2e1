"""`python -m bot.guidance [language] [--dir DIR]`: check the content by file."""

import argparse
import re
import sys
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from bot.guidance.check import check
from bot.guidance.findings import Finding, errors


def of_language(finding: Finding, language: str | None) -> bool:
    """Whether a finding's file is of a language: fr.md, fr.yml or in a folder fr."""
    if language is None:
        return True
    return bool(re.search(rf"(^|/){language}(\.(md|yml)$|/)", finding.file))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the findings; 1 when there is an error, else 0."""
    parser = argparse.ArgumentParser(prog="python -m bot.guidance")
    parser.add_argument("language", nargs="?")
    parser.add_argument("--dir", action="append", type=Path, dest="dirs")
    parser.add_argument("--no-warnings", action="store_true")
    asked = parser.parse_args(arguments)
    found = [
        finding
        for finding in check(asked.dirs or [Path("content")])
        if of_language(finding, asked.language)
        and (finding.severity == "error" or not asked.no_warnings)
    ]
    for _, group in groupby(found, key=lambda finding: finding.file):
        print(*group, sep="\n", end="\n\n")
    wrong = len(errors(found))
    print(f"{wrong} errors, {len(found) - wrong} warnings")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
