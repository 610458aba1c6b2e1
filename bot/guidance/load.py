"""Content folders in, one checked `Library` out: all of it or nothing."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from bot.errors import ContentInvalid
from bot.guidance.directory import read_countries, read_platforms, read_sources
from bot.guidance.findings import Notes, errors
from bot.guidance.phrases import expand
from bot.guidance.placed import Material, Page, text_hash
from bot.guidance.structure import note_gaps
from bot.guidance.topics import read_pages, read_sheets
from bot.guidance.tree import Tree
from bot.guidance.values import AudienceText, Blocks, Library, Topic, TopicText
from bot.guidance.words import read_cards, read_lexicon, read_redaction, read_strings

__all__ = ["expand", "load_library", "read_material", "text_hash"]


def load_library(dirs: Sequence[Path]) -> Library:
    """The content of `dirs`, where a later folder's files replace an earlier's.

    Raises ContentInvalid with every finding when a single one is an error.
    """
    tree, notes = Tree(dirs), Notes()
    material = read_material(tree, notes)
    wrong = errors(notes.all())
    if wrong:
        raise ContentInvalid(wrong)
    return _library(material, tree)


def read_material(tree: Tree, notes: Notes) -> Material:
    """Everything that can be read, with its places; mistakes go to `notes`."""
    for folder in tree.dirs:
        if not folder.is_dir():
            notes.error(str(folder), 1, "the content folder is missing", "create it")
    sheets = read_sheets(tree, notes)
    material = Material(
        sheets=sheets,
        pages=read_pages(tree, sheets, notes),
        cards=read_cards(tree, notes),
        strings=read_strings(tree, notes),
        lexicon=read_lexicon(tree, frozenset(sheets), notes),
        redaction=read_redaction(tree, notes),
        countries=read_countries(tree, notes),
        platforms=read_platforms(tree, notes),
        sources=read_sources(tree, notes),
    )
    note_gaps(material, tree, notes)
    return material


def _library(material: Material, tree: Tree) -> Library:
    languages = material.languages
    pages = material.pages.values()
    return Library(
        languages=languages,
        topics={
            slug: _topic(sheet.topic, [p for p in pages if p.slug == slug])
            for slug, sheet in material.sheets.items()
        },
        strings={
            language: {k: t.text for k, t in material.strings[language].texts.items()}
            for language in languages
        },
        cards={language: material.cards[language].cards for language in languages},
        lexicon=tuple(entry.entry for entry in material.lexicon),
        redaction=material.redaction,
        countries={code: c.country for code, c in material.countries.items()},
        platforms=material.platforms,
        sources=material.sources,
        fingerprint=tree.fingerprint(),
    )


def _topic(topic: Topic, pages: Sequence[Page]) -> Topic:
    texts = {page.language: _text(page) for page in pages}
    return msgspec.structs.replace(topic, texts=texts)


def _text(page: Page) -> TopicText:
    if page.stamp.review is None:  # noted as an error when the page was read
        raise ValueError(f"{page.stamp.file} has no review")
    by: dict[tuple[str, str, str | None], Blocks] = {
        (s.audience, s.kind, s.role): s.blocks for s in page.sections
    }
    audiences = {
        audience: AudienceText(
            short=by[audience, "short", None],
            more=by.get((audience, "more", None), ()),
            now={r: b for (a, k, r), b in by.items() if a == audience and r},
        )
        for audience in dict.fromkeys(s.audience for s in page.sections)
    }
    return TopicText(
        title=page.title.text,
        questions=tuple(question.text for question in page.questions),
        review=page.stamp.review,
        audiences=audiences,
        translation_of=page.stamp.origin,
    )
