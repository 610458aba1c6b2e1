"""Writes into every translation the hash of the English text it was written after."""

import re
from collections.abc import Iterator
from pathlib import Path

from bot.guidance.findings import Notes
from bot.guidance.load import read_material
from bot.guidance.placed import Material, Stamp
from bot.guidance.structure import ENGLISH
from bot.guidance.tree import Tree

_HASH = re.compile(r"(hash:\s*)([\"']?)[0-9a-f]*\2")


def stamp(content_dir: Path) -> int:
    """Bring the hashes up to date; the number of files that changed.

    Only the hash of `translation_of` is edited; all other bytes stay. Stamping
    says "the translation fits the English text of now": do it after reading.
    """
    tree = Tree([content_dir])
    material = read_material(tree, Notes())
    return sum(_write(file, hash_) for file, hash_ in _stamps(material))


def _stamps(material: Material) -> Iterator[tuple[Stamp, str]]:
    """Every translation with the hash of its English text."""
    for page in material.pages.values():
        english = material.pages.get((page.slug, ENGLISH))
        if english is not None and page is not english:
            yield page.stamp, english.stamp.own_hash
    for files in (material.cards, material.strings):
        if ENGLISH in files:
            for language, file in files.items():
                if language != ENGLISH:
                    yield file.stamp, files[ENGLISH].stamp.own_hash


def _write(stamp: Stamp, hash_: str) -> bool:
    """Whether the file had another hash, which is now replaced."""
    if stamp.origin is None or stamp.origin.hash == hash_:
        return False
    path = Path(stamp.file)
    rows = path.read_bytes().decode("utf-8").split("\n")
    for number in range(stamp.origin_line - 1, min(stamp.origin_line + 3, len(rows))):
        row, count = _HASH.subn(rf'\g<1>"{hash_}"', rows[number], count=1)
        if count:
            rows[number] = row
            path.write_bytes("\n".join(rows).encode("utf-8"))
            return True
    return False
