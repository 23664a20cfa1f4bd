"""A module that is not loaded before somebody asks for one of its names."""

from __future__ import annotations

from importlib._abc import Loader
from importlib.machinery import ModuleSpec
from threading import RLock
from types import ModuleType


def late(spec: ModuleSpec) -> ModuleSpec:
    """What is found for an import, put off: by a loader that waits for the first name."""
    return ModuleSpec(spec.name, LateLoader(spec), origin=spec.origin)


class LateLoader(Loader):
    """Gives an empty module that becomes itself when one of its names is asked for (PEP 562)."""

    def __init__(self, spec: ModuleSpec) -> None:
        self._spec = spec
        self._lock = RLock()
        self._is_begun = False

    def exec_module(self, module: ModuleType) -> None:
        """Wait for the first name. What asks for ``__file__`` and the like only looks around."""

        def name_of(name: str) -> object:
            if name.startswith("__") and name != "__all__":
                raise AttributeError(name)
            with self._lock:  # who asks in another thread meanwhile has the whole module, too
                if not self._is_begun:
                    self._is_begun = True
                    try:
                        self._become(module)
                    except BaseException:
                        self._is_begun = False  # whoever asks next hears what is wrong, too
                        raise
            return _own(module, name)

        vars(module)["__getattr__"] = name_of

    def _become(self, module: ModuleType) -> None:
        spec, names = self._spec, vars(module)
        waits = names["__getattr__"]
        names["__spec__"], names["__loader__"] = spec, spec.loader
        if spec.has_location:
            names["__file__"], names["__cached__"] = spec.origin, spec.cached
        if spec.loader is not None:
            spec.loader.exec_module(module)
        if names["__getattr__"] is waits:
            del names["__getattr__"]


def _own(module: ModuleType, name: str) -> object:
    try:
        return vars(module)[name]
    except KeyError:
        raise AttributeError(f"module {module.__name__!r} has no attribute {name!r}") from None
