"""Runs the actions of `actions/` inside the worker, without HTTP."""

from typing import Any

from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor

from bot.core.failure import TurnFailed


class LocalActions(EndpointConfig):  # type: ignore[misc]
    """Stands where Rasa expects the address of an action server."""

    def __init__(self) -> None:
        """Import the actions, and let Rasa trust what they return."""
        super().__init__(url="local", enable_selective_domain=True)
        self._executor = ActionExecutor()
        self._executor.register_package("actions")
        # Rasa compiles and checks a JSON schema on every call: 48 ms for our own
        # code's answer. tests/core/test_local_actions.py pins the method's name.
        RemoteAction._validate_action_result = _looks_right

    async def request(self, json: dict[str, Any], **kwargs: Any) -> Any:
        """Run one action; an error in it fails the turn instead of being logged."""
        try:
            return await self._executor.run(json)
        except Exception as error:
            raise TurnFailed from error


def _looks_right(action: RemoteAction, result: Any) -> bool:
    if not isinstance(result, dict) or set(result) != {"events", "responses"}:
        raise TurnFailed
    return True
