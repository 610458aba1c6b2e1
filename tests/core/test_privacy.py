"""What a child writes can't be found in the worker's output, at DEBUG."""

from pathlib import Path

from tests.core.conftest import Worker

CANARY = "zanzibarquokka"


def test_no_trace_of_a_message(trained: Path, tmp_path: Path) -> None:
    worker = Worker(tmp_path, trained)
    try:
        worker.wait()
        state = {"v": 1, "slots": {"topic": CANARY}, "form": None}
        profile = {"language": CANARY}
        for text in (CANARY, f"my name is {CANARY}", f"/{CANARY}", f"/x{{{CANARY}"):
            body = {"state": state, "text": text, "profile": profile}
            assert worker.client.post("/turn", json=body).status_code == 200
        odd = {"intent": {"name": CANARY, "entities": {CANARY: CANARY}}}
        assert worker.client.post("/turn", json=odd).status_code == 400
        worker.client.post("/turn", content=f'{{"text": "{CANARY}'.encode())
        worker.client.get(f"/{CANARY}?{CANARY}={CANARY}", headers={CANARY: CANARY})
        # A directive for a topic that is none: the turn itself fails.
        report = {"v": 1, "slots": {"topic": CANARY}, "form": None}
        worker.client.post(
            "/turn", json={"state": report, "intent": {"name": "more", "entities": {}}}
        )
    finally:
        worker.end()
    written = worker.log.read_text()
    assert written.count("DEBUG") > 20
    assert CANARY not in written
