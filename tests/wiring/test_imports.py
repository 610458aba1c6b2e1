"""Who may import whom, and where each foreign library lives."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = ("bot", "nlu", "actions")

LEAVES = {
    "bot.settings",
    "bot.errors",
    "bot.text",
    "bot.directives",
    "bot.quiet",
}
DOORS = {"bot.channels", "bot.web"}
DATA = {"bot.guidance", "bot.safeguarding", "bot.helplines"}
SERVICES = {"bot.reports", "bot.metrics"}
CONVERSED = {"bot.conversation"} | DATA | SERVICES | {"bot.store"}
START = {"bot.core.model", "bot.core.train"}

# A part may import itself, the leaves, and what stands here. None: everything.
MAY_IMPORT: dict[str, set[str] | None] = {
    **{leaf: set() for leaf in LEAVES},
    "bot": set(),
    "bot.cli": CONVERSED | DOORS | START | {"bot.measure", "bot.serve"},
    "bot.__main__": {"bot.cli"},
    "bot.serve": CONVERSED | DOORS | {"bot.supervise"},
    "bot.supervise": START,
    "bot.channels": CONVERSED,
    "bot.web": CONVERSED,
    "bot.conversation": CONVERSED,
    "bot.guidance": set(),
    "bot.safeguarding": {"bot.guidance"},
    "bot.helplines": {"bot.guidance"},
    "bot.reports": {"bot.guidance", "bot.store"},
    "bot.metrics": {"bot.guidance", "bot.store"},
    "bot.store": set(),
    "bot.core": {"bot.guidance", "nlu"},
    "bot.measure": None,
    "nlu": {"bot.guidance"},
    "actions": {"bot.guidance"},
}

HOMES = {
    "rasa": {"bot.core", "nlu", "actions"},
    "rasa_sdk": {"bot.core", "actions"},
    "sanic": {"bot.core"},
    "telegram": {"bot.channels.telegram"},
    "starlette": {"bot.web"},
    "uvicorn": {"bot.web", "bot.serve"},
    "sqlalchemy": {"bot.store"},
    "alembic": {"bot.store"},
    "spacy": {"bot.safeguarding", "nlu"},
    "sklearn": {"nlu"},
}


def inside(module: str, part: str) -> bool:
    return module == part or module.startswith(part + ".")


def part_of(module: str) -> str | None:
    """The row of MAY_IMPORT that speaks of a module: the longest that fits."""
    rows = [row for row in MAY_IMPORT if row != "bot" and inside(module, row)]
    if rows:
        return max(rows, key=len)
    return "bot" if module == "bot" else None


def imported(source: str, module: str, package: bool = False) -> Iterator[str]:
    """Dotted names that a module imports, anywhere in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                up = module.split(".")
                kept = up[: len(up) - node.level + package]
                base = ".".join([*kept, base] if base else kept)
            # `from bot import text` imports bot.text; `from bot.text import fold`
            # names a function, which lies in bot.text all the same.
            yield from (f"{base}.{alias.name}" for alias in node.names)


def breaches(source: str, module: str, package: bool = False) -> list[str]:
    """Imports of a module that the rules don't allow, in words."""
    part = part_of(module)
    if part is None:
        return [f"{module} belongs to no part: give it a row in MAY_IMPORT"]
    allowed = MAY_IMPORT[part]
    found = []
    for name in imported(source, module, package):
        top = name.partition(".")[0]
        if top in OURS and allowed is not None:
            fits = {part} | LEAVES | allowed
            if name != "bot" and not any(inside(name, one) for one in fits):
                found.append(f"{module} may not import {name}")
        homes = HOMES.get(top, {part})
        at_home = any(inside(module, home) for home in homes)
        if not at_home and part != "bot.measure":
            found.append(f"{module} is no home of {top}")
    return found


def modules() -> list[tuple[str, Path]]:
    found = []
    for top in OURS:
        for path in sorted((ROOT / top).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            found.append((name, path))
    return found


@pytest.mark.parametrize(("module", "path"), modules(), ids=lambda one: str(one))
def test_module_imports_only_what_its_part_may(module: str, path: Path) -> None:
    source = path.read_text("utf-8")
    assert breaches(source, module, path.name == "__init__.py") == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("bot.guidance.load", "from bot.conversation.turn import take"),
        ("bot.helplines.choose", "from bot.safeguarding import floor"),
        ("bot.safeguarding.floor", "import bot.helplines.choose"),
        ("bot.reports.file", "from bot.metrics.count import add"),
        ("bot.conversation.turn", "from bot.web.app import app"),
        ("bot.conversation.core", "from bot.core.core import Core"),
        ("bot.channels.console", "from ..web import app"),
        ("bot.text", "from bot.guidance.values import ROLES"),
        ("bot.core.core", "from bot.conversation import turn"),
        ("bot.cli", "from bot.core.agent import CoreAgent"),
        ("nlu.engine", "from actions.report import ActionStartReport"),
        ("bot.guidance.load", "def later():\n    from bot import web"),
        ("bot.conversation.turn", "import rasa.core.agent"),
        ("bot.channels.console", "from telegram import Update"),
        ("bot.conversation.turn", "from starlette.requests import Request"),
        ("bot.reports.file", "import sqlalchemy as sa"),
        ("bot.text", "import spacy"),
        ("bot.new_part.file", ""),
    ],
)
def test_a_breach_is_found(module: str, source: str) -> None:
    assert len(breaches(source, module)) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("bot.conversation.turn", "from bot.safeguarding.floor import Floor"),
        ("bot.core.importer", "from nlu.lines import Line\nimport rasa"),
        ("bot.channels.telegram", "from telegram import Update"),
        ("bot.cli", "from bot.core.train import train"),
        ("bot.guidance.load", "from bot import text"),
        ("bot.guidance.load", "from . import tree\nfrom .values import ROLES"),
        ("bot.measure.bench", "import rasa\nfrom bot.core.agent import CoreAgent"),
    ],
)
def test_what_is_allowed_passes(module: str, source: str) -> None:
    assert breaches(source, module) == []
