"""A real server with a real core: answers, crashes, and what is left behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

ROOT = Path(__file__).parents[2]
CANARY = "zanzibarquokka"
SEXTORTION = [
    ("en", "GB", "someone says he will post my nudes if i dont pay", "0800 1111"),
    ("fr", "FR", "quelqu'un menace de publier mes nudes si je paye pas", "119"),
    (
        "es",
        "ES",
        "dicen que van a publicar mis fotos desnuda si no pago",
        "900 20 20 10",
    ),
    ("ar", "EG", "واحد بيهددني ينشر صوري لو مدفعتش", "16000"),
    ("ru", "RU", "мне угрожают выложить мои интимные фото если не заплачу", "8-800"),
    ("zh", "CN", "有人说我不给钱就把我的裸照发出去", "12355"),
]
PILLS = [
    "i took all the pills an hour ago",
    "j'ai avalé tous les cachets il y a une heure",
    "me tomé todas las pastillas hace una hora",
    "بلعت كل الحبوب من ساعة",
    "я выпил все таблетки час назад",
    "我一小时前把药全吃了",
]


class Server:
    """A copbot server in a process of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.folder = folder
        self.log = folder / "server.log"
        environ = {
            **os.environ,
            "COPBOT_DATABASE_URL": f"sqlite:///{folder / 'counts.sqlite'}",
            "COPBOT_RATE_LIMIT": "off",
            "COPBOT_LOG_LEVEL": "DEBUG",
        }
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bot", "serve", "--port", str(port)],
                cwd=ROOT,
                env=environ,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self.http = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=10)

    def say(self, text: str | None = None, **fields: Any) -> dict[str, Any]:
        body = {"text": text, **fields} if text is not None else fields
        return self.http.post("/api/chat", json=body).json()

    def wait(self, state: str, seconds: float = 120) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                if self.http.get("/health").json()["core"] == state:
                    return
            except httpx.HTTPError:
                assert self.process.poll() is None, self.log.read_text()
            time.sleep(0.1)
        raise AssertionError(f"the core was not {state} in time")

    def core(self) -> psutil.Process:
        return next(
            child
            for child in psutil.Process(self.process.pid).children()
            if "bot.core.worker" in child.cmdline()
        )

    def stop(self) -> None:
        self.http.close()
        self.process.terminate()
        self.process.wait(20)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Start a server and wait for its core."""
    running = Server(tmp_path_factory.mktemp("server"))
    running.wait("ready", 240)
    yield running
    running.stop()


def _texts(reply: dict[str, Any]) -> str:
    return "\n".join(message["text"] for message in reply["messages"])


def _phones(reply: dict[str, Any]) -> str:
    return " ".join(
        contact["phone"] or ""
        for message in reply["messages"]
        for contact in message["contacts"]
    )


@pytest.mark.parametrize(("language", "country", "text", "number"), SEXTORTION)
def test_sextortion_gets_its_card_in_every_language(
    server: Server, language: str, country: str, text: str, number: str
) -> None:
    reply = server.say(text, language=language, audience="teen", country=country)
    understood = reply["understood"]
    assert (understood["topic"], understood["role"]) == ("sextortion", "hurt")
    assert (understood["level"], understood["disclosure"]) == (2, True)
    assert reply["card"] == "disclosure"
    assert number in _phones(reply)
    dated = [c for m in reply["messages"] for c in m["contacts"] if c["phone"]]
    assert all(contact["source"] and contact["seen_on"] for contact in dated)


@pytest.mark.parametrize("text", PILLS)
def test_danger_now_is_level_three(server: Server, text: str) -> None:
    reply = server.say(text, country="FR")
    assert reply["understood"]["level"] == 3
    assert reply["card"] == "danger"
    assert "112" in _texts(reply)


def test_a_doer_hears_no_absolution(server: Server) -> None:
    reply = server.say("i shared her nude in the group", audience="teen")
    assert reply["understood"]["role"] == "did-it"
    assert "not your fault" not in _texts(reply)


def test_four_audiences_get_four_answers(server: Server) -> None:
    answers = [
        server.say("what is phishing", audience=audience, language="en")
        for audience in ("child", "teen", "parent", "educator")
    ]
    assert len({_texts(answer) for answer in answers}) == 4
    assert all(answer["understood"]["level"] == 0 for answer in answers)
    assert all(answer["messages"][0]["sources"] for answer in answers)


def test_nonsense_gets_suggestions_or_the_menu(server: Server) -> None:
    reply = server.say("blorf glimp znoop")
    assert any(message["choices"] for message in reply["messages"])


def test_the_safety_question_and_the_steps(server: Server) -> None:
    first = server.say("they made a group to laugh at me", audience="child")
    assert first["expects"] == {"slot": "safe"}
    steps = server.say(session=first["session"], choice="safe:yes")
    assert len(steps["messages"]) > 3
    unsafe = server.say(session=first["session"], choice="safe:no")
    assert unsafe["card"] == "danger"


def test_the_report_ends_with_a_plan_and_says_that_nothing_was_sent(
    server: Server,
) -> None:
    reply = server.say(choice="report:start", language="en", country="GB")
    answers = {
        "for_whom": "me",
        "what": "insults",
        "where": "instagram",
        "since": "today",
        "danger_now": "no",
        "adult_told": "no",
        "wish": "stop",
    }
    for slot, value in answers.items():
        assert reply["expects"] == {"slot": slot}
        choice = f"report:{slot}:{value}"
        reply = server.say(session=reply["session"], choice=choice)
    assert "I have not sent this to anyone." in _texts(reply)
    assert reply["handed_over"] is None


def _kill(process: psutil.Process, how: signal.Signals) -> None:
    process.send_signal(how)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
def test_without_a_core_the_right_card_comes_and_the_talk_goes_on(
    server: Server, how: signal.Signals
) -> None:
    before = server.say("what is phishing", language="en", audience="teen")
    core = server.core()
    _kill(core, how)
    for text in PILLS:
        begun = time.monotonic()
        reply = server.say(text, country="FR")
        assert time.monotonic() - begun < 2.5
        assert reply["card"] == "danger"
    end = time.monotonic() + 60
    while time.monotonic() < end:
        after = server.say("how do i block someone", session=before["session"])
        assert after["messages"]
        if after["understood"]["by"] == "core":
            break
        time.sleep(0.5)
    assert after["understood"]["by"] == "core"
    assert after["session"] == before["session"]


def test_nothing_that_was_written_is_left_anywhere(server: Server) -> None:
    for text in (CANARY, f"i want to die {CANARY}", f"my name is {CANARY} ok"):
        session = server.say(text)["session"]
    server.http.post("/api/chat", content=b'{"text": "' + CANARY.encode())
    server.http.get(f"/{CANARY}")
    server.say(choice=f"topic:{CANARY}")
    time.sleep(6)
    left = [path for path in server.folder.rglob("*") if path.is_file()]
    left += [path for path in (ROOT / "var").rglob("*.log") if path.is_file()]
    assert any(path.suffix == ".sqlite" for path in left)
    for path in left:
        content = path.read_bytes()
        assert CANARY.encode() not in content, path
        assert session.encode() not in content, path
