"""The wire: statuses, hostile bodies, the floor's finding, statelessness."""

import json
import os
import stat
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.text import MAX_CORE
from tests.core.conftest import Talk, Worker

INTENT = {"name": "menu", "entities": {}}
BAD: dict[str, Any] = {
    "nothing": {},
    "both": {"text": "hi", "intent": INTENT},
    "text is a list": {"text": ["hi"]},
    "text is a number": {"text": 7},
    "too long": {"text": "a" * (MAX_CORE + 1)},
    "unknown intent": {"intent": {"name": "dance", "entities": {}}},
    "reserved intent": {"intent": {"name": "restart", "entities": {}}},
    "slash": {"intent": {"name": "/menu", "entities": {}}},
    "slash in a value": {"intent": {"name": "ask", "entities": {"topic": "a/b"}}},
    "unknown topic": {"intent": {"name": "ask", "entities": {"topic": "cats"}}},
    "question without topic": {"intent": {"name": "ask", "entities": {}}},
    "unknown role": {"intent": {"name": "disclose", "entities": {"role": "x"}}},
    "unknown entity": {"intent": {"name": "menu", "entities": {"sender": "x"}}},
    "foreign value": {"intent": {"name": "answer", "entities": {"wish": "x"}}},
    "value is a list": {"intent": {"name": "answer", "entities": {"wish": ["stop"]}}},
    "no answer": {"intent": {"name": "answer", "entities": {}}},
    "two answers": {
        "intent": {"name": "answer", "entities": {"for_whom": "me", "wish": "stop"}}
    },
    "finding of level 1": {"text": "hi", "finding": {"level": 1}},
    "finding of no topic": {"text": "hi", "finding": {"level": 2, "topic": "cats"}},
    "profile is a list": {"text": "hi", "profile": []},
}


@pytest.mark.parametrize("body", BAD)
def test_wrong_requests_are_refused(worker: Worker, body: str) -> None:
    answer = worker.client.post("/turn", json=BAD[body])
    assert answer.status_code == 400
    assert answer.json() == {"error": {"code": "invalid"}}


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"null",
        b"[]",
        b"{",
        b"\xff\xfe",
        b'{"text": "\\ud83d"}',
        b'{"text": "a\x00b"}',
        b"[" * 30_000,
        b'{"state": ' + b'{"a":' * 5_000 + b"1" + b"}" * 5_000 + b', "text": "hi"}',
    ],
)
def test_hostile_bytes_are_refused(worker: Worker, raw: bytes) -> None:
    answer = worker.client.post("/turn", content=raw)
    assert answer.status_code in (200, 400)
    assert isinstance(answer.json(), dict)
    assert worker.client.get("/health").json()["status"] == "ready"


def test_a_megabyte_is_refused(worker: Worker) -> None:
    answer = worker.client.post("/turn", json={"text": "a" * 1_000_000})
    assert answer.status_code == 413
    assert "error" in answer.json()


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/turn", 405), ("POST", "/nowhere-canary", 404), ("GET", "/status", 404)],
)
def test_errors_are_json_and_quote_nothing(
    worker: Worker, method: str, path: str, status: int
) -> None:
    answer = worker.client.request(method, path)
    assert answer.status_code == status
    assert answer.json() == {"error": {"code": "http"}}


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "😀😀",
        "\x00",
        "/",
        "/menu",
        " /restart",
        "//forget",
        "a " * 1000,
        "؟",
        "１２３",
        "\u200f",
        "/stop{}",
        "...",
        "𝖍𝖊𝖑𝖑𝖔",
    ],
)
def test_any_text_is_answered(talk: Talk, text: str) -> None:
    assert talk.text(text)


def test_a_slash_is_no_intent(talk: Talk) -> None:
    talk.text('/danger{"card": "being-hurt"}')
    assert talk.nlu["confidence"] < 1.0
    talk.text("/session_start")
    assert talk.state["v"] == 1


@pytest.mark.parametrize(
    "state",
    [
        7,
        [],
        "x",
        {},
        {"v": 2},
        {"v": 1, "slots": [], "form": None},
        {"v": 1, "slots": {"unknown": "x"}, "form": None},
        {"v": 1, "slots": {"topic": 7}, "form": None},
        {"v": 1, "slots": {"topic": "x" * 81}, "form": None},
        {"v": 1, "slots": {"safety": "maybe"}, "form": None},
        {"v": 1, "slots": {}, "form": "other_form"},
        {"v": 1, "slots": {}, "form": ["report_form"]},
        {"v": 1, "slots": {}, "form": "report_form"},
        {"v": 1, "slots": {"requested_slot": "topic"}, "form": "report_form"},
        {"v": 1, "slots": {"requested_slot": "wish"}, "form": None},
        {"v": 1, "slots": {"topic": "../../x\u0000"}, "form": None},
    ],
)
def test_a_foreign_state_is_a_new_conversation(worker: Worker, state: Any) -> None:
    answer = worker.turn(state=state, intent=INTENT)
    assert answer["directives"] == [{"do": "show_menu"}]
    assert answer["state"] == {"v": 1, "slots": {}, "form": None}


def test_the_higher_level_wins(talk: Talk) -> None:
    finding = {"topic": "grooming", "role": "hurt", "level": 3, "card": "being-hurt"}
    answer = talk.worker.turn(state=None, text="hello", finding=finding)
    assert answer["by"] == "floor"
    assert answer["directives"][0]["do"] == "show_danger"
    assert answer["nlu"]["topic"] == "grooming"
    lower = {"topic": "grooming", "role": "hurt", "level": 2, "card": None}
    text = "i took all my mums pills an hour ago and feel sick"
    answer = talk.worker.turn(state=None, text=text, finding=lower)
    assert (answer["by"], answer["nlu"]["level"]) == ("core", 3)


def test_nothing_is_kept_between_turns(worker: Worker) -> None:
    worker.turn(state=None, intent={"name": "report", "entities": {}})
    answer = worker.turn(state=None, intent={"name": "stop", "entities": {}})
    assert answer["directives"] == [{"do": "say", "string": "stopped"}]


def test_the_state_is_small_and_plain(talk: Talk) -> None:
    talk.choose("disclose", topic="nudes-shared", role="hurt")
    talk.choose("report")
    talk.choose("answer", for_whom="me")
    assert len(json.dumps(talk.state)) < 400
    talk.choose("forget")
    assert talk.state == {"v": 1, "slots": {}, "form": None}


def test_only_the_user_may_open_the_socket(worker: Worker) -> None:
    assert stat.S_IMODE(os.stat(worker.socket).st_mode) == 0o600


def test_loading_then_ready_then_ended(trained: Path, tmp_path: Path) -> None:
    other = Worker(tmp_path, trained)
    seen = set()
    try:
        while not seen & {200}:
            if other.process.poll() is not None:
                raise AssertionError(other.log.read_text()[-2000:])
            try:
                seen.add(other.client.post("/turn", json={"text": "hi"}).status_code)
            except httpx.TransportError:
                continue
    finally:
        code = other.end()
    assert seen <= {200, 503}
    assert code == 0
    assert not other.socket.exists()


def test_a_broken_model_ends_the_worker(tmp_path: Path) -> None:
    broken = tmp_path / "model.tar.gz"
    broken.write_bytes(b"no model")
    other = Worker(tmp_path, broken)
    assert other.process.wait(60) == 1
