"""The directory files hold what was compiled: nothing lost, nothing guessed."""

import csv
from datetime import date
from pathlib import Path

import pytest

from bot.guidance.import_helplines import (
    emergency_numbers,
    import_csv,
    opening_rules,
    zone_of,
)
from bot.guidance.values import Library

HEADER = (
    "country_iso2,country,org,kind,phone,sms,chat_url,website,hours,languages,"
    "audience,free,source_url,source_date_if_known,confidence"
)
ROWS = [
    (
        "QA,Q,Emergency,emergency,police 17 or 1548; ambulance 1021 or 14,,,,24/7,,"
        "child,unknown,https://example.org/a|https://example.org/b,2026-04-23,high"
    ),
    (
        "QA,Q,Good Line,child_helpline,0800 11,,,https://example.org,24/7,no,child,yes,"
        "https://example.org/c,2025-05,medium"
    ),
    "QA,Q,Rumour,child_helpline,999,,,,24/7,en,child,yes,https://example.org/d,,low",
    "QB,Q,Only a rumour,emergency,112,,,,24/7,,child,unknown,https://example.org,,low",
]


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("112", {"any": "112"}),
        ("999 or 112", {"any": "999"}),
        ("police 110; ambulance 120", {"police": "110", "ambulance": "120"}),
        ("911 (police 101; fire 100)", {"any": "911", "police": "101", "fire": "100"}),
        (
            "police 17 or 1548; ambulance 1021 or 14",
            {"police": "17", "ambulance": "1021"},
        ),
        ("police 102; rescue 112", {"police": "102"}),
        ("117 (fire 118)", {"any": "117", "fire": "118"}),
    ],
)
def test_emergency_texts(written: str, numbers: dict[str, str]) -> None:
    assert emergency_numbers(written) == numbers


@pytest.mark.parametrize("written", ["", "ask the police", "police one"])
def test_emergency_texts_that_can_t_be_read(written: str) -> None:
    with pytest.raises(ValueError, match="can't be read"):
        emergency_numbers(written)


@pytest.mark.parametrize(
    ("written", "country", "read"),
    [
        ("24/7", "FR", ("Europe/Paris", ("daily 00:00-24:00",))),
        ("24/7", "US", ("UTC", ("daily 00:00-24:00",))),
        ("Daily 09:00-23:00", "FR", ("Europe/Paris", ("daily 09:00-23:00",))),
        ("Daily 08:00-23:00", "ES", None),  # the Canary Islands
        (
            "Mon-Fri 12:00-18:00 ET",
            "US",
            ("America/New_York", ("Mon-Fri 12:00-18:00",)),
        ),
        ("Mon-Sat 24 h", "MW", ("Africa/Blantyre", ("Mon-Sat 00:00-24:00",))),
        ("19:00-07:00", "EE", None),
        ("Daily from 08:00", "NP", None),
        ("24/7 (chat 12:00-20:00)", "LV", None),
        ("Tue,Thu 16:00-20:00; Fri: check site", "LU", None),
    ],
)
def test_hours(
    written: str, country: str, read: tuple[str, tuple[str, ...]] | None
) -> None:
    assert opening_rules(written, country) == read


def test_zones() -> None:
    assert zone_of("DE") == "Europe/Berlin"
    assert zone_of("BR") is zone_of("PT") is zone_of("ZZ") is None


def test_import(tmp_path: Path) -> None:
    path = tmp_path / "lines.csv"
    path.write_text("\n".join([HEADER, *ROWS]) + "\n", "utf-8")
    assert import_csv(path, tmp_path / "out", date(2026, 11, 23)) == 2
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["QA.yml", "ZZ.yml"]
    text = (tmp_path / "out" / "QA.yml").read_text("utf-8")
    assert 'emergency: {police: "17", ambulance: "1021"}' in text
    assert 'phone: "0800 11"' in text
    assert 'languages: ["no"]' in text
    assert "audience: [child, teen]" in text
    assert "emergency_source_date: 2026-04-23" in text
    assert "    source_date: null" in text  # a month is no day
    assert "seen_on: 2026-11-23" in text
    assert "Rumour" not in text
    assert '"999"' not in text


REFERENCE = Path(__file__).parents[3] / "shared" / "reference" / "helplines.csv"


@pytest.mark.skipif(not REFERENCE.exists(), reason="the compiled rows lie elsewhere")
def test_the_directory_holds_every_row_and_no_low_one(library: Library) -> None:
    with REFERENCE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    lines = [line for country in library.countries.values() for line in country.lines]
    known = {
        (line.country, line.kind, line.phone or "", line.url or "") for line in lines
    }
    for row in rows:
        key = (row["country_iso2"], row["kind"], row["phone"], row["website"])
        if row["kind"] == "emergency":
            country = library.countries.get(row["country_iso2"])
            numbers = country.emergency if country is not None else {}
            assert bool(numbers) is (row["confidence"] != "low"), row
        else:
            assert (key in known) is (row["confidence"] != "low"), row
    shown = [row for row in rows if row["confidence"] != "low"]
    helplines = [row for row in shown if row["kind"] != "emergency"]
    assert len(lines) == len(helplines) + 2  # and two finders that the text names


def test_traps_are_not_in_the_directory(library: Library) -> None:
    numbers = {
        (line.country, line.phone)
        for country in library.countries.values()
        for line in country.lines
    }
    assert not {("CN", "116 111"), ("HK", "116 111"), ("BW", "11611")} & numbers
    assert ("ES", "717 003 717") in numbers  # Teléfono de la Esperanza, not ANAR
    assert ("KR", "109") in numbers
    assert not any(str(phone).startswith("+82") for _, phone in numbers)
