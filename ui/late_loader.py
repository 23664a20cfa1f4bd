"""A module that is not loaded before somebody asks for one of its names.

Python's own ``LazyLoader`` loads for whoever only looks around (``__file__``, ``__spec__``), which
the import system and PySide do with every module.
"""

from __future__ import annotations

from importlib._abc import Loader
from importlib.machinery import ModuleSpec
from threading import RLock
from types import ModuleType


def late(spec: ModuleSpec) -> ModuleSpec:
    """What is found for an import, put off: by a loader that waits for the first name."""
    return ModuleSpec(spec.name, LateLoader(spec), origin=spec.origin)


class _Waiting(ModuleType):
    """A module before it is loaded, and while it is."""

    def __getattribute__(self, name: str) -> object:
        """Load it first; what asks for ``__file__`` and the like only looks around."""
        if not name.startswith("__") or name == "__all__":
            loader = ModuleType.__getattribute__(self, "__loader__")
            if isinstance(loader, LateLoader):
                loader.load(self)
        return ModuleType.__getattribute__(self, name)  # of `super` it may be none any more


class LateLoader(Loader):
    """Gives an empty module that becomes itself when one of its names is asked for."""

    def __init__(self, spec: ModuleSpec) -> None:
        self._spec = spec
        self._lock = RLock()
        self._is_begun = False

    def exec_module(self, module: ModuleType) -> None:
        """Wait for the first name."""
        module.__class__ = _Waiting

    def load(self, module: ModuleType) -> None:
        """Load it, once; whoever asks in another thread meanwhile has the whole module, too."""
        with self._lock:
            if self._is_begun:
                return
            self._is_begun = True
            try:
                self._become(module)
            except BaseException:
                self._is_begun = False  # whoever asks next hears what is wrong, too
                raise

    def _become(self, module: ModuleType) -> None:
        spec, names = self._spec, vars(module)
        names["__spec__"] = spec
        if spec.has_location:
            names["__file__"], names["__cached__"] = spec.origin, spec.cached
        if spec.loader is not None:
            spec.loader.exec_module(module)
        names["__loader__"] = spec.loader
        module.__class__ = ModuleType
