"""A core worker: `python -m bot.core.worker --socket PATH --model FILE`.

It listens on a Unix socket that only its own user may open, loads one model, and
answers turns until SIGTERM.
"""

import argparse
import asyncio
import logging
import os
import resource
import socket
import sys
from pathlib import Path
from typing import Any

from bot.quiet import hush

RESERVED = {"back", "restart", "session_start"}
"""Intents to which Rasa itself reacts, whatever the rules say."""


def main(arguments: list[str] | None = None) -> None:
    """Run a worker until it is told to end."""
    wanted = _parser().parse_args(arguments)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a dump would hold messages
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    level = getattr(logging, os.environ.get("COPBOT_LOG_LEVEL", "WARNING").upper())
    hush(level)
    if not wanted.full:
        from bot.core.lean import leave_out

        leave_out()
    serve(Path(wanted.socket), Path(wanted.model), level)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot.core.worker")
    parser.add_argument("--socket", required=True, help="path of the Unix socket")
    parser.add_argument("--model", required=True, help="path of the trained model")
    parser.add_argument(
        "--full", action="store_true", help="load TensorFlow too (for comparing)"
    )
    return parser


def serve(path: Path, model: Path, level: int) -> None:
    """Listen, load the model, answer."""
    from rasa.core.run import configure_app

    from bot.core.channel import LARGEST_BODY, EdgeChannel, answer_errors_in_json

    channel = EdgeChannel(model.name.partition(".")[0])
    app = configure_app([channel], enable_api=False, route="/", use_uvloop=True)
    app.config.REQUEST_MAX_SIZE = LARGEST_BODY
    app.config.FALLBACK_ERROR_FORMAT = "json"
    answer_errors_in_json(app)

    async def start(app: Any, loop: asyncio.AbstractEventLoop) -> None:
        hush(level)
        app.ctx.loading = loop.create_task(_load(channel, model, app))

    app.register_listener(start, "after_server_start")
    listening = _listen(path)
    try:
        app.run(sock=listening, access_log=False, motd=False, debug=False)
    finally:
        path.unlink(missing_ok=True)
    if getattr(app.ctx, "failed", False):
        sys.exit(1)


async def _load(channel: Any, model: Path, app: Any) -> None:
    """Load the model beside the running server, which says "loading" meanwhile."""
    try:
        loop = asyncio.get_running_loop()
        channel.agent, channel.reader = await loop.run_in_executor(None, _loaded, model)
    except Exception:
        logging.getLogger(__name__).critical("the model can't be loaded", exc_info=True)
        app.ctx.failed = True
        app.stop()


def _loaded(model: Path) -> tuple[Any, Any]:
    from bot.core.agent import CoreAgent
    from bot.core.material import read
    from bot.core.request import RequestReader

    agent = CoreAgent()
    agent.load_model(model)
    return agent, RequestReader(read(), frozenset(agent.domain.intents) - RESERVED)


def _listen(path: Path) -> socket.socket:
    path.unlink(missing_ok=True)
    before = os.umask(0o177)
    try:
        listening = socket.socket(socket.AF_UNIX)
        listening.bind(str(path))
    finally:
        os.umask(before)
    listening.listen(128)
    return listening


if __name__ == "__main__":
    main()
