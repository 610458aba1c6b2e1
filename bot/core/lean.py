"""Keeps TensorFlow out of the worker, which never computes with it.

Rasa imports it for policies and components that our configuration does not name:
two thirds of the start and of the memory. Here those imports get modules whose
every name is a class that can be subclassed, called and indexed, and does nothing.
`tests/core/test_lean.py` compares answers with and without.
"""

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

LEFT_OUT = ("tensorflow", "tensorflow_addons", "tensorflow_text", "keras", "jax")


class _AnyName(type):
    """Gives a class every attribute that somebody asks for."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Nothing

    def __getitem__(cls, item: object) -> Any:
        return cls

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        # A decorator keeps what it decorates; anything else stays nothing.
        function = len(args) == 1 and not kwargs and callable(args[0])
        return args[0] if function else Nothing


class Nothing(metaclass=_AnyName):
    """Stands for every class, function and constant of a module left out."""


class _EmptyModule(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Nothing


class LeaveOut(MetaPathFinder, Loader):
    """Finds the modules left out, and makes them empty."""

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        """Return a spec for what is left out, None for everything else."""
        if fullname.partition(".")[0] not in LEFT_OUT:
            return None
        return ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Return a module with every name in it."""
        return _EmptyModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Run nothing."""


def leave_out() -> None:
    """Let later imports of TensorFlow and its like find nothing."""
    if any(name in sys.modules for name in LEFT_OUT):
        raise RuntimeError("leave_out() comes before the first import of rasa")
    sys.meta_path.insert(0, LeaveOut())
