"""The Rasa component: trains the engine, and reads messages with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.decide import Thresholds, Understood, decide
from nlu.engine import Engine
from nlu.lines import Line
from nlu.options import Option, Options

RANKING = "ranking"
"""Message key of the likeliest topics, best first."""

TOPIC_CONFIDENCE = "topic_confidence"
ROLE_CONFIDENCE = "role_confidence"
OPTIONS = "options"
"""Message key under which the importer hands over the report's choices."""

_ENGINE_FILE = "engine.npz"
_OPTIONS_FILE = "options.json"


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True
)
class CopbotClassifier(GraphComponent, IntentClassifier):  # type: ignore[misc]
    """Gives a message its intent, topic, role, level, card and report choices."""

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        engine: Engine | None = None,
        options: Options | None = None,
    ) -> None:
        """Take what `create` or `load` found."""
        self._limits = msgspec.convert(
            {k: config[k] for k in Thresholds.__struct_fields__}, Thresholds
        )
        self._model_storage = model_storage
        self._resource = resource
        self._engine = engine
        self._options = options or Options(())

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the thresholds that hold where config.yml names none."""
        defaults: dict[str, Any] = msgspec.to_builtins(Thresholds())
        return defaults

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> CopbotClassifier:
        """Return an untrained component."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Train on the importer's lines and store the model."""
        from nlu.fit import fit  # scikit-learn is for training only

        examples = training_data.intent_examples
        self._engine = fit([_line(example) for example in examples])
        self._options = Options(
            Option(*option)
            for example in examples
            for option in example.get(OPTIONS, ())
        )
        self._persist()
        return self._resource

    def _persist(self) -> None:
        if self._engine is None:
            return
        with self._model_storage.write_to(self._resource) as folder:
            self._engine.save(Path(folder) / _ENGINE_FILE)
            packed = msgspec.json.encode(self._options.options)
            (Path(folder) / _OPTIONS_FILE).write_bytes(packed)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> CopbotClassifier:
        """Return the component as it was trained."""
        with model_storage.read_from(resource) as folder:
            engine = Engine.load(Path(folder) / _ENGINE_FILE)
            packed = (Path(folder) / _OPTIONS_FILE).read_bytes()
        options = Options(msgspec.json.decode(packed, type=list[Option]))
        return cls(config, model_storage, resource, engine, options)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the training data as they are: no other component reads ours."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Set on each message what was understood."""
        for message in messages:
            self._process(message)
        return messages

    def _process(self, message: Message) -> None:
        text = message.get(TEXT) or ""
        scores = self._engine.read(text) if self._engine else None
        understood = decide(scores, self._limits)
        intent = {"name": understood.intent, "confidence": understood.confidence}
        message.set(INTENT, intent, add_to_output=True)
        message.set(INTENT_RANKING_KEY, [intent], add_to_output=True)
        message.set(RANKING, _ranking(understood), add_to_output=True)
        for key in (TOPIC_CONFIDENCE, ROLE_CONFIDENCE):
            message.set(key, getattr(understood, key), add_to_output=True)
        found = [_entity(k, v) for k, v in understood.entities().items()]
        found += [
            {**_entity(slot, value), "whole": whole}
            for slot, value, whole in self._options.find(text)
        ]
        message.set(ENTITIES, found, add_to_output=True)


def _line(example: Message) -> Line:
    return Line(
        text=example.get(TEXT),
        intent=example.get(INTENT),
        topic=example.get("topic"),
        role=example.get("role"),
        card=example.get("card"),
        about=example.get("about"),
    )


def _ranking(understood: Understood) -> list[dict[str, Any]]:
    return [{"topic": t, "confidence": c} for t, c in understood.ranking]


def _entity(name: str, value: str) -> dict[str, Any]:
    # Rasa wants a place in the text; ours belongs to the whole message.
    return {
        "entity": name,
        "value": value,
        "start": 0,
        "end": 0,
        "extractor": "CopbotClassifier",
    }
