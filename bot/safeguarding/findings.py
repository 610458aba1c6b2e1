"""What the floor found in a message; finding is not acting."""

from collections.abc import Iterable

import msgspec


class Finding(msgspec.Struct, frozen=True):
    """A risk named in a message.

    `topic` is a slug, or None where the risk belongs to no topic; `level` is 2
    (harm or disclosure) or 3 (danger now); `card` names the danger card's variant;
    `start` and `end` are the word positions of the phrase in the folded text.
    """

    topic: str | None
    role: str
    level: int
    card: str | None = None
    start: int = 0
    end: int = 0


def strongest(findings: Iterable[Finding]) -> Finding | None:
    """Return the finding that decides the answer, or None without any.

    The higher level wins; between equals somebody's own deed or plan wins over
    being hurt (a doer must not hear "not your fault"), then the longer phrase.
    """
    own = {"may-hurt": 2, "did-it": 1}
    return max(
        findings,
        key=lambda f: (f.level, own.get(f.role, 0), f.end - f.start),
        default=None,
    )
