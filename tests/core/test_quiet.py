"""The log formatter renders places, never foreign messages."""

import logging
import subprocess
import sys

from tests.core.conftest import ROOT

SCRIPT = """
import logging, sys, warnings, structlog
from bot.quiet import hush
hush(logging.DEBUG)
logging.getLogger("foreign").error("canary %s", "canary")
logging.getLogger("foreign").error("canary %s %s", "canary")
try:
    raise ValueError("canary")
except ValueError:
    logging.getLogger("foreign").exception("canary")
structlog.get_logger().debug("processor.parse", text="canary")
structlog.get_logger().debug("canary said: no")
warnings.warn("canary")
logging.getLogger("bot.core.x").warning("ours")
raise RuntimeError("canary")
"""


def test_only_places_and_types() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True
    )
    written = ended.stdout + ended.stderr
    assert "canary" not in written
    for expected in (
        "ERROR foreign <string>:",
        "ValueError",
        "DEBUG structlog processor.parse",
        "DEBUG structlog event",
        "WARNING UserWarning",
        "WARNING bot.core.x <string>:14 ours",
        "CRITICAL uncaught RuntimeError",
    ):
        assert expected in written, (expected, written)
    assert ended.returncode == 1
    assert logging.raiseExceptions  # this process is untouched
