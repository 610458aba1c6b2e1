"""Who is shown to whom, when."""

import time
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone

import msgspec
import pytest
from babel import Locale

from bot.guidance.values import AUDIENCES, Country, Helpline, Hours, Library
from bot.helplines.choose import choose, emergency_number, is_stale
from bot.helplines.contact import Choice

COUNTRIES = sorted(
    code for code in Locale("en").territories if len(code) == 2 and code.isalpha()
)
NEEDS = (
    None,
    "child_helpline",
    "cyberbullying_line",
    "image_removal",
    "suicide_crisis",
    "csam_hotline",
    "parent_line",
)
MONDAY = "2026-11-23T10:00"
TIDY = "zz-ncmec-take-it-down"
CHI = "zz-child-helpline-international"
FAH = "zz-find-a-helpline"
LINEA = "mx-linea-de-la-vida"
SAPTEL = "mx-saptel"


def ask(
    library: Library,
    country: str | None,
    need: str | None,
    audience: str,
    moment: str = MONDAY,
    level: int = 2,
) -> Choice:
    """Choose at a moment given in UTC."""
    now = datetime.fromisoformat(moment).replace(tzinfo=timezone.utc)
    return choose(
        library, country=country, need=need, audience=audience, level=level, now=now
    )


# country, need, audience, UTC, level -> ids, what is known of the first one's hours
CASES: Sequence[
    tuple[str | None, str | None, str, str, int, list[str], bool | None]
] = [
    # the line for the need first, the child helpline always beside it
    (
        "GB",
        "image_removal",
        "teen",
        MONDAY,
        2,
        ["gb-report-remove", TIDY, "gb-childline"],
        None,
    ),
    (
        "GB",
        "image_removal",
        "parent",
        MONDAY,
        2,
        ["gb-report-remove", TIDY, "gb-childline"],
        None,
    ),
    (
        "GB",
        "suicide_crisis",
        "teen",
        MONDAY,
        2,
        ["gb-samaritans", "gb-shout", "gb-childline"],
        True,
    ),
    (
        "GB",
        "suicide_crisis",
        "educator",
        MONDAY,
        2,
        ["gb-samaritans", "gb-shout", "gb-childline"],
        True,
    ),
    ("GB", "child_helpline", "child", MONDAY, 2, ["gb-childline"], True),
    ("GB", None, "child", MONDAY, 2, ["gb-childline"], True),
    ("gb", None, "child", MONDAY, 2, ["gb-childline"], True),
    (
        "AU",
        "image_removal",
        "teen",
        MONDAY,
        2,
        ["au-esafety-commissioner-2", TIDY, "au-kids-helpline"],
        None,
    ),
    (
        "AU",
        "cyberbullying_line",
        "child",
        MONDAY,
        2,
        ["au-esafety-commissioner", "au-kids-helpline"],
        None,
    ),
    ("FR", "image_removal", "teen", MONDAY, 2, [TIDY, "fr-119"], None),
    (
        "US",
        "suicide_crisis",
        "teen",
        MONDAY,
        2,
        [
            "us-988-suicide-crisis-lifeline",
            "us-crisis-text-line",
            "us-childhelp-national-child-abuse-hotline",
        ],
        True,
    ),
    # a form comes behind a voice when there is danger
    (
        "GB",
        "image_removal",
        "teen",
        MONDAY,
        3,
        ["gb-childline", "gb-report-remove", TIDY],
        True,
    ),
    # open and closed, winter and summer time (Paris 09-23, Berlin Mon-Sat 14-20)
    (
        "FR",
        "cyberbullying_line",
        "teen",
        "2026-11-23T21:59",
        2,
        ["fr-3018", "fr-119"],
        True,
    ),
    (
        "FR",
        "cyberbullying_line",
        "teen",
        "2026-11-23T22:00",
        2,
        ["fr-3018", "fr-119"],
        False,
    ),
    (
        "FR",
        "cyberbullying_line",
        "teen",
        "2026-07-06T20:59",
        2,
        ["fr-3018", "fr-119"],
        True,
    ),
    (
        "FR",
        "cyberbullying_line",
        "teen",
        "2026-07-06T21:00",
        2,
        ["fr-3018", "fr-119"],
        False,
    ),
    (
        "FR",
        "cyberbullying_line",
        "teen",
        "2026-07-06T07:00",
        2,
        ["fr-3018", "fr-119"],
        True,
    ),
    (
        "FR",
        "cyberbullying_line",
        "teen",
        "2026-11-23T07:30",
        2,
        ["fr-3018", "fr-119"],
        False,
    ),
    (
        "FR",
        "cyberbullying_line",
        "teen",
        "2026-11-23T22:00",
        3,
        ["fr-119", "fr-3018"],
        True,
    ),
    ("DE", None, "child", "2026-11-23T13:30", 2, ["de-nummer-gegen-kummer"], True),
    (
        "DE",
        None,
        "child",
        "2026-11-22T13:30",
        2,
        ["de-nummer-gegen-kummer", "de-telefonseelsorge"],
        False,
    ),
    (
        "DE",
        None,
        "child",
        "2026-11-22T13:30",
        3,
        ["de-telefonseelsorge", "de-nummer-gegen-kummer"],
        True,
    ),
    (
        "DE",
        None,
        "child",
        "2026-03-28T12:59",
        2,  # Saturday, still winter time
        ["de-nummer-gegen-kummer", "de-telefonseelsorge"],
        False,
    ),
    ("DE", None, "child", "2026-03-30T12:00", 2, ["de-nummer-gegen-kummer"], True),
    ("DK", None, "child", "2026-11-24T00:30", 2, ["dk-brnetelefonen"], True),
    ("DK", None, "child", "2026-11-24T01:30", 2, ["dk-brnetelefonen"], False),
    (
        "NO",
        None,
        "child",
        "2026-11-24T03:00",
        2,
        ["no-alarmtelefonen-for-barn-og-unge", "no-kors-pa-halsen"],
        True,
    ),
    # parents: their own line, then the child's
    (
        "CZ",
        None,
        "parent",
        MONDAY,
        2,
        ["cz-linka-pro-rodinu-a-skolu", "cz-linka-bezpeci"],
        None,
    ),
    ("CL", None, "parent", MONDAY, 2, ["cl-fonoinfancia", "cl-linea-libre-1515"], None),
    ("KE", None, "parent", MONDAY, 2, ["ke-childline-kenya-116"], True),
    ("KE", None, "educator", MONDAY, 2, ["ke-childline-kenya-116"], True),
    # nothing for the need: the worldwide finder last
    ("KE", "suicide_crisis", "teen", MONDAY, 2, ["ke-childline-kenya-116", FAH], True),
    ("KE", "cyberbullying_line", "teen", MONDAY, 2, ["ke-childline-kenya-116"], True),
    (
        "DE",
        "cyberbullying_line",
        "teen",
        "2026-11-23T14:00",
        2,
        ["de-nummer-gegen-kummer", "zz-better-internet-for-kids"],
        True,
    ),
    # no child line in the country: who listens there, and the finder
    ("MX", "suicide_crisis", "teen", MONDAY, 2, [SAPTEL, LINEA, CHI], True),
    # no country, or one without lines
    (None, None, "child", MONDAY, 2, [CHI], None),
    (None, "image_removal", "child", MONDAY, 2, [TIDY, CHI], None),
    ("AF", None, "child", MONDAY, 2, [CHI], None),
    ("QQ", "suicide_crisis", "parent", MONDAY, 2, [FAH, CHI], None),
    ("ZZ", None, "teen", MONDAY, 2, [CHI], None),
]


@pytest.mark.parametrize(
    ("country", "need", "audience", "moment", "level", "ids", "open_now"), CASES
)
def test_choosing(
    library: Library,
    country: str | None,
    need: str | None,
    audience: str,
    moment: str,
    level: int,
    ids: list[str],
    open_now: bool | None,
) -> None:
    choice = ask(library, country, need, audience, moment, level)
    assert [contact.helpline.id for contact in choice.contacts] == ids
    assert choice.contacts[0].open_now is open_now
    assert choice.national is any(not id_.startswith("zz-") for id_ in ids)


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_country_for_everybody(library: Library, country: str) -> None:
    """Choosing never raises, never shows more than three, nobody gets nothing."""
    for need in NEEDS:
        for audience in AUDIENCES:
            for level in (0, 1, 2, 3):
                choice = ask(library, country, need, audience, level=level)
                assert 1 <= len(choice.contacts) <= 3
                ids = [contact.helpline.id for contact in choice.contacts]
                assert len(ids) == len(set(ids))
                own = {"ZZ", country}
                assert {c.helpline.country for c in choice.contacts} <= own
                assert "gb-revenge-porn-helpline" not in ids
                for contact in choice.contacts:
                    if contact.helpline.hours is None:
                        assert contact.open_now is None
    lines = library.countries[country].lines if country in library.countries else ()
    if any(line.kind == "child_helpline" for line in lines):
        for need in NEEDS:
            for audience in ("child", "teen"):
                shown = ask(library, country, need, audience).contacts
                kinds = [contact.helpline.kind for contact in shown]
                assert "child_helpline" in kinds, (need, audience)


def test_hours_as_text(library: Library) -> None:
    def hours(country: str, need: str | None = None) -> str | None:
        return ask(library, country, need, "child").contacts[0].hours

    assert hours("GB") == "24/7"
    assert hours("FR", "cyberbullying_line") == "daily 09:00-23:00"
    assert hours("AR") == "varies by province (24/7 in Buenos Aires province)"
    assert hours("AM") is None


def _line(id_: str, seen_on: date, kind: str = "child_helpline") -> Helpline:
    return Helpline(
        id=id_,
        country="XA",
        name=id_,
        kind=kind,
        phone="100",
        hours=Hours("UTC", ("daily 00:00-24:00",)),
        audience=("child",),
        seen_on=seen_on,
    )


def _with(library: Library, *lines: Helpline) -> Library:
    country = Country("XA", {"police": "10", "ambulance": "20"}, lines)
    countries = {**library.countries, "XA": country}
    return msgspec.structs.replace(library, countries=countries)


def test_old_lines_are_hidden_but_for_the_last_child_line(library: Library) -> None:
    old, older = date(2024, 10, 1), date(2023, 1, 1)
    new = date(2026, 10, 1)
    both = _with(library, _line("a", old), _line("b", new))
    assert [c.helpline.id for c in ask(both, "XA", None, "child").contacts] == ["b"]
    last = _with(library, _line("a", older), _line("b", old), _line("c", old, "x"))
    contacts = ask(last, "XA", None, "child").contacts
    assert [(c.helpline.id, c.stale) for c in contacts] == [("b", True)]
    assert ask(last, "XA", None, "child").emergency == {
        "police": "10",
        "ambulance": "20",
    }


@pytest.mark.parametrize(
    ("today", "stale"),
    [("2026-11-23", False), ("2028-11-23", False), ("2028-11-24", True)],
)
def test_stale_after_24_months(today: str, stale: bool) -> None:
    line = _line("a", date(2026, 11, 23))
    assert is_stale(line, date.fromisoformat(today)) is stale


@pytest.mark.parametrize(
    ("numbers", "kind", "number"),
    [
        ({"any": "112", "police": "17"}, "police", "112"),
        ({"police": "17", "ambulance": "15"}, "ambulance", "15"),
        ({"police": "17"}, "ambulance", "17"),
        ({"ambulance": "15"}, "police", "15"),
        ({}, "police", None),
    ],
)
def test_emergency_number(
    numbers: dict[str, str], kind: str, number: str | None
) -> None:
    assert emergency_number(Country("XA", numbers, ()), kind) == number
    assert emergency_number(None, kind) is None


def test_a_naive_moment_counts_as_utc(library: Library) -> None:
    now = datetime(2026, 11, 23, 10)
    choice = choose(
        library, country="GB", need=None, audience="child", level=2, now=now
    )
    assert choice.contacts[0].open_now is True


def test_choosing_is_fast(library: Library) -> None:
    now = datetime(2026, 11, 23, tzinfo=timezone.utc)
    start = time.perf_counter()
    for minute in range(500):
        choose(
            library,
            country="JP",
            need="suicide_crisis",
            audience="teen",
            level=2,
            now=now + timedelta(minutes=minute),
        )
    assert (time.perf_counter() - start) / 500 < 0.001
