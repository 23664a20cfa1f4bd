"""PySide reads the source of each module that is imported after it; it need not read ours.

It looks there for the name of PySide, to know whether the module may ask for other spellings of
Qt's names (``__feature__``). No module of this program does, nor any that it uses, so the answer
that changes nothing is given without reading: that is a quarter of the time that imports take,
and the texts of some hundred files that would stay in memory.
"""

from __future__ import annotations

import sys

import PySide6.QtCore  # noqa: F401 - brings what is spared

_MODULE, _QUESTION = "shibokensupport.feature", "_mod_uses_pyside"


def spare_sources() -> bool:
    """Answer for PySide; False where this version asks in another way, which is only slower."""
    asking = sys.modules.get(_MODULE)
    if not hasattr(asking, _QUESTION):
        return False
    setattr(asking, _QUESTION, lambda _module: True)
    return True
