"""Takes names, numbers, addresses … out of a text, for all languages at once.

What stands in a form of its own (an e-mail, a long number) is found by that form, the
rest by the cue words of `content/redaction`. When in doubt about a number it goes:
what isn't kept can't be leaked. Short numbers stay, they are ages, scores, helplines.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from bot.guidance.values import RedactionWords
from bot.text import MAX_READ, fold

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670"
_TOKEN = re.compile(f"[{_HAN}]|(?:[^\\W_{_HAN}]|[{_MARKS}])+")
_IS_HAN = re.compile(f"[{_HAN}]")
_IS_ARABIC = re.compile("[\u0620-\u06ff]")

_AT = "[@\uff20]"
_EMAIL = re.compile(
    rf"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{{1,64}}{_AT}"
    r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}"
)
_HANDLE = re.compile(rf"(?<![A-Za-z0-9]){_AT}[A-Za-z0-9_][\w.-]{{1,63}}", re.ASCII)
_NUMBER = re.compile(
    r"(?<![A-Za-z0-9_])[+\uff0b]?[(\uff08]?\d(?:[ \-.()/\uff08\uff09\uff0d]{0,2}\d)*"
)
_LETTERED_ID = re.compile(
    r"(?<![A-Za-z0-9_])(?:[A-Z]{0,2}\d{7,9}[A-Za-z]"
    r"|(?=[A-Z]{0,6}\d{2})[A-Z0-9]{10,34})(?![A-Za-z0-9_])"
)
_DATE = re.compile(
    r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}"
    r"|\d{4} ?[-/] ?\d{4})"
)
_FREE_CALL = re.compile(r"(?:0800|0808|1800|8800)\d{0,9}")
_SOCIAL_NUMBER = re.compile(r"\d{3}-\d{2}-\d{4}")
_PRICE = re.compile(
    r"\s?(?:[$€£¥₽]|usd|eur|dollar|euro|pound|peso|руб|[元块塊]"
    r"|ريال|جنيه|دينار|درهم)",
    re.I,
)
_SHORT, _PHONE, _ID = 6, 9, 14

_GAP = re.compile("[\\s:\uff1a=\"'«“„‘’\\u00a0-]{0,4}")
_USER = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{2,63}")
_LINKS = frozenset(
    [
        "is",
        "es",
        "est",
        "cest",
        "c",
        "son",
        "son",
        "هو",
        "هي",
        "是",
        "叫",
        "en",
        "in",
        "on",
        "для",
        "no",
        "numero",
        "رقم",
    ]
)
_IN_PLACES = frozenset(
    [
        "de",
        "des",
        "du",
        "la",
        "le",
        "les",
        "d",
        "l",
        "del",
        "los",
        "las",
        "el",
        "y",
        "san",
        "santa",
        "имени",
        "им",
    ]
)
_FIRST_PERSON = frozenset(
    [
        "my",
        "i",
        "im",
        "me",
        "mi",
        "mis",
        "je",
        "jm",
        "m",
        "mon",
        "moi",
        "мое",
        "моя",
        "меня",
        "menya",
        "esmi",
        "ismi",
        "esmy",
        "ismy",
        "smiti",
        "wo",
    ]
)
_HAN_STOP = frozenset(
    "的了是在和我你您他她有被也都就说說今来來不住到去上读讀念考进進们們家址"
)
_HAN_NUMBER = re.compile("[\\d〇零一二三四五六七八九十百]")
_TWO_CHARACTER_FAMILIES = frozenset(
    [
        "欧阳",
        "歐陽",
        "司马",
        "司馬",
        "上官",
        "诸葛",
        "諸葛",
        "东方",
        "東方",
        "皇甫",
        "尉迟",
        "尉遲",
        "令狐",
        "慕容",
        "司徒",
        "夏侯",
        "端木",
        "南宫",
    ]
)


class Redacted(msgspec.Struct, frozen=True):
    """A text without personal data, and which kinds were taken out of it."""

    text: str
    kinds: frozenset[str]


class _Token(NamedTuple):
    start: int
    end: int
    raw: str
    key: str


class _Range(NamedTuple):
    start: int
    end: int
    kind: str


class _Cue(NamedTuple):
    keys: tuple[str, ...]
    kind: str


class Redactor:
    """Redacts texts; built once from the cue words of all languages.

    Costs about 0.2 ms for a short message and grows with its length only; keeps
    nothing and may be called from any thread.
    """

    def __init__(self, words: Mapping[str, RedactionWords]) -> None:
        cues: set[_Cue] = set()
        not_names: set[str] = set()
        school_parts: set[str] = set()
        for said in words.values():
            kinds = (
                ("name", said.name_cues),
                ("handle", said.handle_cues),
                (f"school {said.school_order}", said.school_words),
                (f"address {said.street_order}", said.street_words),
            )
            for kind, phrases in kinds:
                for phrase in phrases:
                    keys = tuple(token.key for token in _tokens(phrase))
                    if keys:
                        cues.add(_Cue(keys, kind))
            not_names.update("".join(_keys(word)) for word in said.not_names)
            school_parts.update(
                key for phrase in said.school_words for key in _keys(phrase)
            )
        self._cues: dict[str, list[_Cue]] = {}
        for cue in sorted(cues, key=lambda cue: (-len(cue.keys), cue)):
            self._cues.setdefault(cue.keys[0], []).append(cue)
        self._not_names = frozenset(not_names)
        self._not_schools = frozenset(not_names | school_parts)
        self._finders: dict[
            str, Callable[[str, Sequence[_Token], int, int], _Range | None]
        ] = {
            "name": self._name,
            "handle": self._handle,
            "school before": self._school_named_after_word,
            "school after": self._school_named_before_word,
            "address before": self._street_named_after_word,
            "address after": self._street_named_before_word,
        }

    def redact(self, text: str) -> Redacted:
        """Return the first MAX_READ characters of `text` without personal data."""
        text = text[:MAX_READ]
        ranges = sorted([*_forms(text), *self._after_cues(text)])
        parts: list[str] = []
        kinds: set[str] = set()
        done = 0
        for found in ranges:
            if found.start >= done:
                parts += (text[done : found.start], f"[{found.kind}]")
                kinds.add(found.kind)
            done = max(done, found.end)
        parts.append(text[done:])
        return Redacted("".join(parts), frozenset(kinds))

    def _after_cues(self, text: str) -> Iterator[_Range]:
        tokens = _tokens(text)
        for at, token in enumerate(tokens):
            for cue in self._cues.get(token.key, ()):
                after = at + len(cue.keys)
                if len(cue.keys) > 1 and cue.keys != tuple(
                    token.key for token in tokens[at:after]
                ):
                    continue
                found = self._finders[cue.kind](text, tokens, at, after)
                if found is not None:
                    yield found

    def _name(
        self, text: str, tokens: Sequence[_Token], at: int, after: int
    ) -> _Range | None:
        if not _follows(text, tokens, after):
            return None
        first = tokens[after]
        if _IS_HAN.match(first.raw):
            return self._han_name(text, tokens, after)
        if first.key in self._not_names or first.raw[0].isdigit():
            return None
        end = after
        if _IS_ARABIC.match(first.raw):
            following = tokens[after + 1 : after + 2]
            if following and following[0].raw.startswith("ال"):
                end += _joined(text, tokens, after, " ")
        elif first.raw[0].isupper():
            end = _capitals(text, tokens, after, 2)
        elif len(first.raw) < 2 or _FIRST_PERSON.isdisjoint(
            token.key for token in tokens[at:after]
        ):
            return None
        return _Range(first.start, tokens[end].end, "name")

    def _han_name(
        self, text: str, tokens: Sequence[_Token], after: int
    ) -> _Range | None:
        start = tokens[after].start
        run = text[start : start + 4]
        if any(run[:length] in self._not_names for length in range(1, 5)):
            return None
        most = 4 if run[:2] in _TWO_CHARACTER_FAMILIES else 3
        length = 0
        while length < min(most, len(run)) and _IS_HAN.match(run[length]):
            if run[length] in _HAN_STOP:
                break
            length += 1
        least = 1 if tokens[after - 1].raw == "姓" else 2
        return _Range(start, start + length, "name") if length >= least else None

    def _handle(
        self, text: str, tokens: Sequence[_Token], at: int, after: int
    ) -> _Range | None:
        linked = tokens[after - 1].key in _LINKS
        while (
            after < len(tokens)
            and tokens[after].key in _LINKS
            and _follows(text, tokens, after)
        ):
            linked, after = True, after + 1
        if not _follows(text, tokens, after):
            return None
        # A leading underscore stands before the token.
        start = tokens[after].start
        match = _USER.match(text, start)
        if match is None:
            return None
        name = match.group().rstrip(".-")
        looks = re.search(r"[\d_.]|(?<!^)[A-Z]", name) is not None
        foreign = not tokens[after - 1].raw.isascii()
        plain = (linked or foreign) and len(name) > 3
        if tokens[after].key in self._not_names or not (looks or plain):
            return None
        return _Range(start, start + len(name), "handle")

    def _school_named_after_word(
        self, text: str, tokens: Sequence[_Token], at: int, after: int
    ) -> _Range | None:
        end = self._place(text, tokens, after)
        return None if end is None else _Range(tokens[at].start, end, "school")

    def _school_named_before_word(
        self, text: str, tokens: Sequence[_Token], at: int, after: int
    ) -> _Range | None:
        if _IS_HAN.match(tokens[at].raw):
            start = _han_before(text, tokens[at].start, 6)
            if tokens[at].start - start <= 1:
                return None
            return _Range(start, tokens[after - 1].end, "school")
        first = self._capitals_before(text, tokens, at, self._not_schools)
        if first is None:
            return None
        return _Range(tokens[first].start, tokens[after - 1].end, "school")

    def _street_named_after_word(
        self, text: str, tokens: Sequence[_Token], at: int, after: int
    ) -> _Range | None:
        end = self._place(text, tokens, after)
        if end is None and _follows(text, tokens, after):
            # "Carrera 7", or in lower case with a number: "calle olivar 14".
            first = tokens[after]
            numbered = tokens[after + 1 : after + 2]
            if first.raw.isdigit():
                end = first.end
            elif (
                numbered
                and numbered[0].raw.isdigit()
                and first.key not in self._not_names
                and text[first.end : numbered[0].start] == " "
            ):
                end = numbered[0].end
        return None if end is None else _Range(tokens[at].start, end, "address")

    def _street_named_before_word(
        self, text: str, tokens: Sequence[_Token], at: int, after: int
    ) -> _Range | None:
        end = tokens[after - 1].end
        if _IS_HAN.match(tokens[at].raw):
            start = _han_before(text, tokens[at].start, 5)
            if start == tokens[at].start or not _HAN_NUMBER.match(text, end):
                return None
            return _Range(start, end, "address")
        first = self._capitals_before(text, tokens, at, self._not_names)
        if first is None:
            # In lower case with a number: "5 baker street".
            first = at - 1
            while first > max(0, at - 3) and not tokens[first].raw.isdigit():
                if tokens[first].key in self._not_names:
                    return None
                first -= 1
            if first < 0 or first == at - 1 or not tokens[first].raw.isdigit():
                return None
        elif (
            first
            and tokens[first - 1].raw[0].isdigit()
            and text[tokens[first - 1].end : tokens[first].start] in (" ", ", ")
        ):
            first -= 1
        return _Range(tokens[first].start, end, "address")

    def _place(self, text: str, tokens: Sequence[_Token], after: int) -> int | None:
        """Where the name of a school or street that begins at `after` ends, if any."""
        if not _follows(text, tokens, after):
            return None
        if _IS_ARABIC.match(tokens[after].raw):
            end = after
            while end < min(len(tokens), after + 2) and self._arabic_place(tokens[end]):
                end += 1
            return tokens[end - 1].end if end > after else None
        first = after
        while (
            first < min(len(tokens) - 1, after + 3)
            and tokens[first].key in _IN_PLACES
            and tokens[first].raw[0].islower()
        ):
            first += 1
        named = tokens[first]
        if not named.raw[0].isupper() or named.key in self._not_names - _IN_PLACES:
            return None
        end = _capitals(text, tokens, first, 4)
        if (
            end + 1 < len(tokens)
            and tokens[end + 1].raw.isdigit()
            and text[tokens[end].end : tokens[end + 1].start] in (" ", ", ")
        ):
            end += 1
        return tokens[end].end

    def _arabic_place(self, token: _Token) -> bool:
        return token.raw.startswith("ال") and token.key not in self._not_names

    def _capitals_before(
        self, text: str, tokens: Sequence[_Token], at: int, never: frozenset[str]
    ) -> int | None:
        """The first of up to four capitalised words before token `at`, if any."""
        first = at
        while (
            first > max(0, at - 4)
            and tokens[first - 1].raw[0].isupper()
            and text[tokens[first - 1].end : tokens[first].start] in (" ", "-", "'")
        ):
            first -= 1
        while first < at and tokens[first].key in self._not_names:
            first += 1
        named = any(token.key not in never for token in tokens[first:at])
        return first if named else None


def _keys(text: str) -> list[str]:
    return [token.key for token in _tokens(text)]


def _tokens(text: str) -> list[_Token]:
    """The words of a text as written and folded; an ideograph is a word."""
    return [
        _Token(m.start(), m.end(), m.group(), _key(m.group()))
        for m in _TOKEN.finditer(text)
    ]


def _key(word: str) -> str:
    return word if _IS_HAN.match(word) else fold(word).replace(" ", "")


def _follows(text: str, tokens: Sequence[_Token], at: int) -> bool:
    """Whether token `at` comes right after the one before: "my name is: Anna"."""
    if at >= len(tokens):
        return False
    before = tokens[at - 1]
    gap = text[before.end : tokens[at].start]
    if gap.startswith(".") and len(before.raw) <= len("bldv"):
        gap = gap[1:]
    return _GAP.fullmatch(gap) is not None


def _joined(text: str, tokens: Sequence[_Token], at: int, *gaps: str) -> bool:
    return text[tokens[at].end : tokens[at + 1].start] in gaps


def _capitals(text: str, tokens: Sequence[_Token], first: int, most: int) -> int:
    """The last of the capitalised words from `first` on; a hyphen joins no new one."""
    end, count = first, 1
    while end + 1 < len(tokens) and tokens[end + 1].raw[0].isupper():
        hyphen = _joined(text, tokens, end, "-", "'", "’")
        count += not hyphen
        if count > most or not (hyphen or _joined(text, tokens, end, " ")):
            break
        end += 1
    return end


def _han_before(text: str, at: int, most: int) -> int:
    """Where the ideographs of a name begin that ends before `at`."""
    start = at
    while (
        start > max(0, at - most)
        and _IS_HAN.match(text[start - 1])
        and text[start - 1] not in _HAN_STOP
    ):
        start -= 1
    return start


def _forms(text: str) -> Iterator[_Range]:
    """What is known by its form alone."""
    for kind, pattern in (("email", _EMAIL), ("handle", _HANDLE), ("id", _LETTERED_ID)):
        for match in pattern.finditer(text):
            yield _Range(match.start(), match.end(), kind)
    for match in _NUMBER.finditer(text):
        kind_or_none = _number_kind(match.group(), text[match.end() : match.end() + 9])
        if kind_or_none is not None:
            yield _Range(match.start(), match.end(), kind_or_none)


def _number_kind(said: str, after: str) -> str | None:
    """Say what a number is, or None for one that tells nothing about a person."""
    digits = "".join(sign for sign in said if sign.isdigit())
    if len(digits) <= _SHORT or _DATE.fullmatch(said) or _FREE_CALL.fullmatch(digits):
        return None
    if _PRICE.match(after) and len(digits) < _PHONE:
        return None
    if len(digits) >= _ID or _SOCIAL_NUMBER.fullmatch(said):
        return "id"
    return "phone"
