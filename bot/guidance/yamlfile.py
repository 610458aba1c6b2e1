"""YAML with places: every value knows its file and line.

PyYAML's C parser gives the nodes; scalars stay text until somebody asks for a
date or a number, so `on`, `no`, `0800` and `09:00` keep what was written.
"""

import difflib
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import ClassVar

import yaml

from bot.guidance.findings import Notes

_NULLS = {"", "~", "null", "Null", "NULL"}
_QUOTE = 'close the quotes, or put a text with an apostrophe in "…"'
_SIGNS = "put quotes around texts with : # [ ] { } , or a leading symbol"
_BOOLS = {"true": True, "false": False}


class _TextLoader(yaml.CSafeLoader):
    """The C loader without guessing of types."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[object]]] = {}  # type: ignore[misc]


class Place:
    """A YAML value together with where it stands; wrong kinds become findings."""

    __slots__ = ("_node", "_shift", "file", "notes")

    def __init__(self, node: yaml.Node, file: str, notes: Notes, shift: int) -> None:
        self._node, self.file, self.notes, self._shift = node, file, notes, shift

    @property
    def line(self) -> int:
        """The line on which the value starts, from 1."""
        return int(self._node.start_mark.line) + 1 + self._shift

    @property
    def is_null(self) -> bool:
        """Whether nothing is written here."""
        node = self._node
        plain = isinstance(node, yaml.ScalarNode) and node.style not in ("'", '"')
        return plain and node.value in _NULLS

    @property
    def is_mapping(self) -> bool:
        """Whether keys and values are written here."""
        return isinstance(self._node, yaml.MappingNode)

    @property
    def is_list(self) -> bool:
        """Whether a list is written here."""
        return isinstance(self._node, yaml.SequenceNode)

    @property
    def is_block(self) -> bool:
        """Whether this is a `|` text, whose first line follows the mark."""
        return isinstance(self._node, yaml.ScalarNode) and self._node.style in "|>"

    def error(self, what: str, mend: str) -> None:
        """Note a mistake at this place."""
        self.notes.error(self.file, self.line, what, mend)

    def mapping(self) -> dict[str, "Place"]:
        """The values by key; a key written twice is a mistake."""
        if not self.is_mapping:
            if not self.is_null:
                self.error("keys and values expected here", 'write lines "key: value"')
            return {}
        found: dict[str, Place] = {}
        for key, value in self._node.value:
            name = str(key.value)
            if name in found:
                here = Place(key, self.file, self.notes, self._shift)
                here.error(f"{name!r} is written twice", "keep one of the two")
            found[name] = Place(value, self.file, self.notes, self._shift)
        return found

    def fields(
        self, required: Collection[str], optional: Collection[str] = ()
    ) -> dict[str, "Place"]:
        """The values by key, when exactly these keys are allowed."""
        found = self.mapping()
        for name in required:
            if name not in found:
                self.error(f"{name!r} is missing", f'add a line "{name}: …"')
        known = [*required, *optional]
        for name in [name for name in found if name not in known]:
            found.pop(name).error(f"{name!r} is not known here", closest(name, known))
        return found

    def items(self) -> list["Place"]:
        """The values of a list."""
        if not self.is_list:
            if not self.is_null:
                self.error("a list is expected here", "write [one, two] or - lines")
            return []
        return [Place(i, self.file, self.notes, self._shift) for i in self._node.value]

    def text(self) -> str:
        """The text here; empty when there is none."""
        if isinstance(self._node, yaml.ScalarNode) and not self.is_null:
            return str(self._node.value)
        if self.is_mapping or self.is_list:
            self.error("a text is expected here", "put quotes around it")
        else:
            self.error("a text is missing here", "write it")
        return ""

    def text_or_none(self) -> str | None:
        """The text here, or None for null."""
        return None if self.is_null else self.text()

    def texts(self) -> tuple[str, ...]:
        """The texts of a list."""
        return tuple(item.text() for item in self.items())

    def one_of(self, allowed: Sequence[str], noun: str) -> str:
        """The text here if it is allowed, else the first allowed one."""
        said = self.text()
        if said not in allowed:
            self.error(f"{noun} {said!r} is not known", closest(said, allowed))
            return allowed[0]
        return said

    def integer(self, allowed: Sequence[int]) -> int:
        """The number here if it is allowed, else the first allowed one."""
        said = self.text()
        if not said.isdecimal() or int(said) not in allowed:
            names = f"{min(allowed)} to {max(allowed)}"
            self.error(f"{said!r} is not a number allowed here", f"write {names}")
            return allowed[0]
        return int(said)

    def boolean_or_none(self) -> bool | None:
        """True, false or null."""
        if self.is_null:
            return None
        said = self.text()
        if said not in _BOOLS:
            self.error(
                f"{said!r} is neither true nor false", "write true, false or null"
            )
        return _BOOLS.get(said)

    def day(self) -> date:
        """The day here, as YYYY-MM-DD."""
        said = self.text()
        try:
            return date.fromisoformat(said)
        except ValueError:
            self.error(f"{said!r} is not a day", "write it as 2026-11-23")
            return date(2000, 1, 1)

    def day_or_none(self) -> date | None:
        """The day here, or None for null."""
        return None if self.is_null else self.day()


def closest(said: str, known: Collection[str]) -> str:
    """How to mend an unknown name: the nearest known one, or all of them."""
    if not known:
        return "nothing of the kind is there yet"
    near = difflib.get_close_matches(said, list(known), n=1)
    if near:
        return f"did you mean {near[0]!r}?"
    return "write one of " + ", ".join(sorted(known)[:12])


def read_text(path: Path, file: str, notes: Notes) -> str | None:
    """A file's text; bytes that are not UTF-8 become a finding and None."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        notes.error(file, line, "not written in UTF-8", "save the file as UTF-8")
        return None


def parse_yaml(text: str, file: str, notes: Notes, shift: int = 0) -> Place | None:
    """The YAML in `text`; `shift` is the number of lines before it in the file."""
    try:
        loader = _TextLoader(text)
        try:
            node = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        line, what, mend = _explain(error, text)
        notes.error(file, line + shift, what, mend)
        return None
    if node is None:
        notes.error(file, 1 + shift, "nothing is written here", "fill in the file")
        return None
    return Place(node, file, notes, shift)


def read_yaml(path: Path, file: str, notes: Notes) -> Place | None:
    """The YAML of a file, or None and a finding."""
    text = read_text(path, file, notes)
    return None if text is None else parse_yaml(text, file, notes)


def optional(fields: Mapping[str, Place], name: str) -> Place | None:
    """The value of a key that may be absent or null."""
    found = fields.get(name)
    return None if found is None or found.is_null else found


def _explain(error: yaml.YAMLError, text: str) -> tuple[int, str, str]:
    """Line from 1, what is wrong and how to mend it, in plain words."""
    if isinstance(error, yaml.reader.ReaderError):
        line = text.count("\n", 0, max(error.position, 0)) + 1
        return line, "a character that may not stand in YAML", "delete it"
    quoted = "quoted scalar" in str(getattr(error, "context", ""))
    mark = getattr(error, "context_mark" if quoted else "problem_mark", None)
    line = 0 if mark is None else int(mark.line)
    rows = text.split("\n")
    tab = next((i for i in (line, line - 1) if _has_tab(rows, i)), None)
    if tab is not None:
        return tab + 1, "a tab stands in YAML", "use spaces"
    if quoted:
        return line + 1, "YAML can't be read (a quote is not closed)", _QUOTE
    problem = str(getattr(error, "problem", error))
    if "mapping values" in problem:
        return line + 1, 'a ": " stands in a text without quotes', "quote the text"
    return line + 1, f"YAML can't be read ({problem})", _SIGNS


def _has_tab(rows: Sequence[str], line: int) -> bool:
    return 0 <= line < len(rows) and "\t" in rows[line][: _indent(rows[line]) + 1]


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip())
