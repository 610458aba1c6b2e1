"""Leaving TensorFlow out changes no answer."""

from pathlib import Path
from typing import Any

from tests.core.conftest import Talk, Worker

TEXTS = (
    "hello",
    "what is sextortion",
    "more",
    "they all laugh at me in the group chat",
    "i don't know",
    "no",
    "quiero hablar con alguien",
    "他要把我的照片发给所有人",
    "wie geht es dir",
    "i want to report something",
    "instagram",
    "skip",
    "how do i block someone",
    "j'ai avalé tous les cachets",
    "stop",
    "",
)


def _answers(worker: Worker) -> list[Any]:
    talk = Talk(worker)
    return [(talk.text(text), talk.nlu, talk.state) for text in TEXTS]


def test_same_answers(worker: Worker, trained: Path, tmp_path: Path) -> None:
    full = Worker(tmp_path, trained, "--full")
    try:
        assert _answers(full.wait()) == _answers(worker)
        rss = [w.client.get("/health").json()["rss"] for w in (worker, full)]
    finally:
        full.end()
    assert rss[0] < 0.7 * rss[1]
