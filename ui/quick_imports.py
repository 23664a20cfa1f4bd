"""What PySide does at every start for mistakes that nobody has made yet, put off until then.

It carries 120 kB of its own Python as sources, compiles them all when it is first imported, and
reads the source of each module that is imported after it. Together that is a third of what a bare
window takes to start. Names below are PySide's own and not promised by it: where a version has
others, nothing is put off, and the start is only slower.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib._abc import Loader
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import TYPE_CHECKING, Any, SupportsIndex

from ui.late_loader import late

if TYPE_CHECKING:
    from importlib.abc import MetaPathFinder

# What explains a wrong argument, or writes stubs. Asked by PySide for one of their names, and not
# before, they are what they would have been.
_PUT_OFF = {
    f"shibokensupport.signature.{name}"
    for name in (
        "errorhandler",
        "layout",
        "lib.enum_sig",
        "lib.pyi_generator",
        "lib.tool",
        "parser",
    )
}
_FEATURE, _QUESTION = "shibokensupport.feature", "_mod_uses_pyside"


def import_qt() -> None:
    """Import PySide with all that put off. Whoever has imported it already has paid for it."""
    if "PySide6" not in sys.modules:
        before = sys.meta_path
        sys.meta_path = _Finders(before)
        try:
            import PySide6.QtCore  # noqa: F401
        finally:
            before[:] = _as_they_were(sys.meta_path)
            sys.meta_path = before
    spare_sources()
    import linecache

    # The sources it has read until here; a trace of a mistake reads its lines anew.
    linecache.clearcache()


def spare_sources() -> bool:
    """Have PySide not read our sources; False where this version asks in another way.

    It looks there for its own name, to know whether a module may ask for other spellings of Qt's
    names (``__feature__``). None of this program does, nor any that it uses, so the answer that
    changes nothing is given without reading.
    """
    asking = sys.modules.get(_FEATURE)
    if not hasattr(asking, _QUESTION):
        return False
    setattr(asking, _QUESTION, lambda _module: True)
    return True


def _as_they_were(finders: Sequence[Any]) -> list[Any]:
    """What stands there now, nothing of ours in between; a version may leave its own finder in."""
    return [each.of if isinstance(each, _Finder) else each for each in finders]


class _Finders(list[Any]):
    """``sys.meta_path`` while PySide puts its own finder into it, and takes that out again."""

    def insert(self, place: SupportsIndex, finder: MetaPathFinder) -> None:
        """Stand between that finder and what it finds."""
        super().insert(place, _Finder(finder))

    def remove(self, finder: MetaPathFinder) -> None:
        """By the finder that was put in."""
        super().remove(next(each for each in self if getattr(each, "of", each) is finder))


class _Finder:
    """Finds what another finder does; what is put off is loaded later."""

    def __init__(self, of: MetaPathFinder) -> None:
        self.of = of

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """As every finder."""
        spec = self.of.find_spec(name, path, target)
        if spec is None or spec.loader is None:
            return spec
        if name == _FEATURE:
            spec.loader = _Sparing(spec.loader)
        return late(spec) if name in _PUT_OFF else spec


class _Sparing(Loader):
    """Loads what reads sources, and has it read none, from its first question on."""

    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def exec_module(self, module: ModuleType) -> None:
        """As the loader does."""
        self._loader.exec_module(module)
        spare_sources()
