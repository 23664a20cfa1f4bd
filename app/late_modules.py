"""Modules of Python's own that others import in case they need them, which here they do not.

``pathlib`` brings the parser of IP addresses, ``shutil`` two compressors, PySide all that looks into
sources: a megabyte, and milliseconds of the start. They are loaded when they are asked for a name.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType

from ui.late_loader import late

_LATE = {"bz2", "inspect", "ipaddress", "lzma", "pickle", "tempfile", "tokenize"}
# msgspec takes this instead of Python's own `typing` where tools of developers have brought it;
# with it comes all of `inspect`. Whoever else asks for it (a key store's own module) has it.
_REFUSED = "typing_extensions"


class _Finder:
    """Finds what the other finders do, for those names only."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """As every finder."""
        if name == _REFUSED and _is_msgspec_asking():
            raise ModuleNotFoundError(f"not for this program: {name}", name=name)
        if name not in _LATE:
            return None
        others = (finder for finder in sys.meta_path if finder is not self)
        specs = (finder.find_spec(name, path, target) for finder in others)
        found = next((spec for spec in specs if spec is not None), None)
        return None if found is None else late(found)


def put_off() -> None:
    """From now on; what is loaded already stays."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


def _is_msgspec_asking() -> bool:
    """It does so at the top of this module, before any of its functions is there."""
    asking = sys.modules.get("msgspec._utils")
    return asking is not None and not hasattr(asking, "get_type_hints")
