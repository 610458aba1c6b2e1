"""Rasa's agent and processor, with our stores, runner and actions."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.lock_store import LockStore
from rasa.core.processor import MessageProcessor
from rasa.engine.loader import load_predict_graph_runner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.utils.common import TempDirectoryPath, get_temp_dir_name

from bot.core.failure import TurnFailed
from bot.core.local_actions import LocalActions
from bot.core.runner import SequentialRunner
from bot.core.snapshot import SnapshotStore


class NoLocks(LockStore):  # type: ignore[misc]
    """Every turn has a conversation of its own here: there is nothing to lock."""

    @asynccontextmanager
    async def lock(self, *args: Any, **kwargs: Any) -> AsyncIterator[None]:
        """Let the turn run."""
        yield


class CoreProcessor(MessageProcessor):  # type: ignore[misc]
    """Rasa's processor with a sequential runner and without a second check."""

    @staticmethod
    def _load_model(model_path: str | Path) -> Any:
        with TempDirectoryPath(get_temp_dir_name()) as folder:
            metadata, runner = load_predict_graph_runner(
                Path(folder), Path(model_path), LocalModelStorage, SequentialRunner
            )
        return os.path.basename(model_path), metadata, runner

    def _check_for_unseen_features(self, parse_data: dict[str, Any]) -> None:
        """Leave out Rasa's warnings: bot/core/request.py checks what comes in."""


class CoreAgent(Agent):  # type: ignore[misc]
    """An agent that keeps no conversation and fails loudly."""

    def __init__(self) -> None:
        """Put our parts in; the model comes with `load_model`."""
        self.snapshots = SnapshotStore()
        super().__init__(
            tracker_store=self.snapshots,
            lock_store=NoLocks(),
            action_endpoint=LocalActions(),
        )
        # Agent wraps every store in one that saves to memory when ours fails.
        self.tracker_store = self.snapshots

    def load_model(
        self, model_path: str | Path, fingerprint: str | None = None
    ) -> None:
        """Load a model; raises what Rasa raises when it can't be read."""
        self.processor = CoreProcessor(
            model_path=model_path,
            tracker_store=self.snapshots,
            lock_store=self.lock_store,
            generator=self.nlg,
            action_endpoint=self.action_endpoint,
            on_circuit_break=_fail,
        )
        self.domain = self.processor.domain
        self.snapshots.domain = self.domain
        self.nlg.responses = self.domain.responses


def _fail(*args: Any) -> None:
    raise TurnFailed
