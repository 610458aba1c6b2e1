"""The small Markdown of the topics: paragraphs, `- ` and `1. ` lists, bold.

Blocks are split by hand, because a library of many files must load fast and
nothing else is allowed anyway; markdown-it reads the inside of a line.
"""

import re
from collections.abc import Iterator, Sequence

import msgspec
from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.guidance.values import Block, BlockKind, Blocks, Span

_BULLET = re.compile(r"-[ ]+(?=\S)")
_STEP = re.compile(r"\d{1,2}\.[ ]+(?=\S)")
_FOREIGN = re.compile(r"(#|>|```|~~~|\||\*[ ]|\+[ ]|(---|\*\*\*|___)\s*$|\t)")
_SIGNS = re.compile(r"[*_\[\]<>`\\&!]")
_INLINE = MarkdownIt("commonmark", {"html": False})
_UNSPACED = {"zh"}


class Item(msgspec.Struct, frozen=True):
    """A paragraph or a line of a list, as written, with its first line."""

    kind: BlockKind
    text: str
    line: int


class Misplaced(msgspec.Struct, frozen=True):
    """A line that is none of the Markdown that we use."""

    line: int
    what: str


def read_items(
    rows: Sequence[str], first_line: int
) -> tuple[tuple[Item, ...], tuple[Misplaced, ...]]:
    """Split lines into paragraphs and list lines; tell what else stands there."""
    items: list[Item] = []
    misplaced: list[Misplaced] = []
    open_ = False
    for line, row in enumerate(rows, first_line):
        bare = row.strip()
        if not bare:
            open_ = False
            continue
        wrong = _wrong(row)
        if wrong:
            misplaced.append(Misplaced(line, wrong))
        kind, text = _kind(bare)
        if open_ and kind == "paragraph" and items:
            last = items[-1]
            items[-1] = Item(last.kind, f"{last.text}\n{text}", last.line)
        else:
            items.append(Item(kind, text, line))
        open_ = True
    return tuple(items), tuple(misplaced)


def to_blocks(items: Sequence[Item], language: str) -> Blocks:
    """Group neighbouring list lines, and read bold and links."""
    blocks: list[Block] = []
    for item in items:
        spans = to_spans(item.text, language)
        last = blocks[-1] if blocks else None
        if last is not None and item.kind != "paragraph" and last.kind == item.kind:
            blocks[-1] = Block(item.kind, (*last.items, spans))
        else:
            blocks.append(Block(item.kind, (spans,)))
    return tuple(blocks)


def parse_blocks(text: str, language: str) -> Blocks:
    """The blocks of a text, for example of a string or a card."""
    return to_blocks(read_items(text.split("\n"), 1)[0], language)


def to_spans(text: str, language: str) -> tuple[Span, ...]:
    """The runs of a line; a line break is a space, in Chinese nothing."""
    text = text.replace("\n", "" if language in _UNSPACED else " ")
    if not _SIGNS.search(text):
        return (Span(text),)
    return tuple(_merge(_walk(_INLINE.parseInline(text)[0].children or [])))


def _kind(bare: str) -> tuple[BlockKind, str]:
    if bullet := _BULLET.match(bare):
        return "list", bare[bullet.end() :]
    if step := _STEP.match(bare):
        return "steps", bare[step.end() :]
    return "paragraph", bare


def _wrong(row: str) -> str | None:
    if row[0] == " " and (_BULLET.match(row.lstrip()) or _STEP.match(row.lstrip())):
        return "a list inside a list"
    if row.startswith("    "):
        return "an indented line"
    if _FOREIGN.match(row.lstrip(" ")):
        return f"{row.split()[0]!r} at the start of a line"
    return None


def _walk(tokens: Sequence[Token]) -> Iterator[Span]:
    bold, href = 0, None
    for token in tokens:
        if token.type in ("strong_open", "strong_close"):
            bold += token.nesting
        elif token.type == "link_open":
            href = str(token.attrs["href"])
        elif token.type == "link_close":
            href = None
        elif token.content:
            yield Span(token.content, bold > 0, href)


def _merge(spans: Iterator[Span]) -> Iterator[Span]:
    last: Span | None = None
    for span in spans:
        if last is not None and (last.bold, last.href) == (span.bold, span.href):
            last = Span(last.text + span.text, span.bold, span.href)
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last
