"""Requests meant to break the edge; no core is running, so the floor answers."""

import json
import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.conversation.core import CoreClient
from bot.conversation.session import Sessions
from bot.conversation.turn import Conversation
from bot.guidance.load import load_library
from bot.guidance.values import Library
from bot.web.app import Edge, build_app
from bot.web.limits import Limits
from bot.web.page import Page

DISCLOSURES = {
    "en": "someone says he will post my nudes if i dont pay",
    "zh": "我想自杀",
    "fr": "je veux mourir",
    "es": "quiero morirme",
    "ar": "عايز اموت",
    "ru": "я хочу умереть",
}
HOSTILE = {
    "lone surrogate": b'{"text":"hi \\ud83d"}',
    "NUL": b'{"text":"a\\u0000b"}',
    "restart": b'{"text":"/restart"}',
    "intent": b'{"text":"/ask{\\"topic\\":\\"sextortion\\"}"}',
    "forged session": b'{"session":"abc.def","text":"hi"}',
    "no session": b'{"text":"hi"}',
    "emoji": json.dumps({"text": "😀" * 2000}, ensure_ascii=False).encode(),
    "right to left": '{"text":"\u202ehello\u202d"}'.encode(),
    "unknown language": b'{"text":"hi","language":"xx"}',
    "unknown choice": b'{"choice":"topic:nothing"}',
    "empty text": b'{"text":""}',
    "spaces": b'{"text":"   "}',
    "formula": b'{"text":"=1+1; DROP TABLE x; <script>alert(1)</script>"}',
}
REFUSED = {
    "empty": b"",
    "no JSON": b"{",
    "list": b"[1,2]",
    "number": b'{"text":5}',
    "nested": b'{"text":{"a":1}}',
    "neither": b"{}",
    "both": b'{"text":"a","choice":"menu"}',
    "deep": b'{"text":' + b"[" * 10_000 + b"]" * 10_000 + b"}",
}


@pytest.fixture(scope="module")
def library() -> Library:
    """Return the real content."""
    return load_library([Path(__file__).parents[2] / "content"])


async def _health() -> dict[str, str]:
    return {"edge": "ok"}


def _client(library: Library, tmp_path: Path, per_minute: int = 10_000) -> TestClient:
    conversation = Conversation(
        library, Sessions("secret", "en", None), CoreClient([tmp_path / "none.sock"])
    )
    limits = Limits(per_minute=per_minute)
    edge = Edge(conversation, Page(library), _health, limits)
    return TestClient(build_app(edge), raise_server_exceptions=False)


@pytest.fixture
def client(library: Library, tmp_path: Path) -> TestClient:
    """Return a client of an edge whose core is away."""
    return _client(library, tmp_path)


def _post(client: TestClient, body: bytes, kind: str = "application/json"):
    begun = time.perf_counter()
    response = client.post("/api/chat", content=body, headers={"content-type": kind})
    assert time.perf_counter() - begun < 5
    return response


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_messages_get_a_wellformed_answer(client, name) -> None:
    response = _post(client, HOSTILE[name])
    assert response.status_code == 200
    assert response.json()["messages"]
    assert response.json()["session"] != "abc.def"


@pytest.mark.parametrize("name", REFUSED)
def test_bodies_that_are_no_message_are_refused(client, name) -> None:
    response = _post(client, REFUSED[name])
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "invalid"


def test_other_content_types_are_refused(client) -> None:
    assert _post(client, b'{"text":"hi"}', "text/plain").status_code == 400


def test_a_large_body_is_refused(client) -> None:
    body = b'{"text":"' + b"a" * 1_000_000 + b'"}'
    assert _post(client, body).status_code == 413


def test_unknown_pages_answer_in_json_without_echo(client) -> None:
    response = client.get("/canary-path")
    assert response.status_code == 404
    assert "canary" not in response.text


@pytest.mark.parametrize("language", DISCLOSURES)
def test_a_disclosure_gets_its_card_without_any_core(client, language) -> None:
    body = json.dumps({"text": DISCLOSURES[language], "language": language}).encode()
    reply = _post(client, body).json()
    assert reply["understood"]["level"] >= 2
    assert reply["understood"]["by"] == "floor"
    assert reply["card"] in ("disclosure", "danger")
    assert reply["language"] == language


def test_a_repeated_id_gets_the_first_answer(client) -> None:
    first = _post(client, b'{"id":"1","text":"hi"}').json()
    body = json.dumps({"session": first["session"], "id": "2", "text": "i want to die"})
    once, twice = (_post(client, body.encode()).json() for _ in range(2))
    assert once == twice


def test_an_unknown_language_keeps_the_language_and_offers_ours(client) -> None:
    reply = _post(client, b'{"text":"hi","language":"xx"}').json()
    assert reply["language"] == "en"
    choices = {c["choice"] for m in reply["messages"] for c in m["choices"]}
    assert {"language:ar", "language:fr"} <= choices


def test_the_limit_carries_help_and_never_holds_back_a_disclosure(
    library, tmp_path
) -> None:
    client = _client(library, tmp_path, per_minute=2)
    answers = [_post(client, b'{"text":"hello"}') for _ in range(5)]
    assert answers[-1].status_code == 429
    assert answers[-1].json()["messages"]
    danger = _post(client, b'{"text":"i took all the pills an hour ago"}')
    assert danger.status_code == 200
    assert danger.json()["card"] == "danger"


def test_session_end_is_always_204(client) -> None:
    for body in (b"", b"[]", b'{"session":5}', b'{"session":"x"}', b"\xff"):
        assert client.post("/api/session/end", content=body).status_code == 204


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_page_is_in_the_language_asked_for(client, language) -> None:
    page = client.get("/", headers={"accept-language": language})
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_the_api_is_described(client) -> None:
    described = client.get("/api/openapi.json").json()
    assert "/api/chat" in described["paths"]
