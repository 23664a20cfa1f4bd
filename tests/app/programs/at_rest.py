"""at_rest.py FOLDER: the window as its user starts it, at rest; then a call with a note and a stage.

Prints a line of JSON for each: which modules are loaded, which classes of widgets PySide has made
ready, which sources and how many texts are in memory. Nothing waits for a clock: a line comes when
nothing is under way any more.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial

ROOT = __file__.rpartition("tests")[0]  # without pathlib, which brings what is looked for
QUIET_TURNS = 20
TURN_MILLISECONDS = 10


def tell() -> None:
    """What is in memory now."""
    import json
    import linecache

    import PySide6.QtWidgets

    from scripts_ja import texts
    from ui.late_loader import LateLoader

    widgets = [name for name in vars(PySide6.QtWidgets) if name.startswith("Q")]
    loaders = {name: getattr(module, "__loader__", None) for name, module in sys.modules.items()}
    found = {
        "modules": sorted(n for n, each in loaders.items() if not isinstance(each, LateLoader)),
        "widgets": widgets,
        "sources": sorted(linecache.cache),
        "texts": texts.known(),
    }
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()


def call(desktop) -> None:
    """A call begins, something is noted, the stage is left."""
    desktop.controller.trigger("start")
    desktop.window.input.focus()
    desktop.window.input.edit.insertPlainText("washing machine leaks")
    desktop.window.input.saved.emit()
    desktop.controller.trigger("next")


def end_call(desktop) -> None:
    """The call is over, and the work after it: the next start waits for one again."""
    desktop.controller.trigger("end")
    desktop.controller.trigger("end")


def watch(application_class: type) -> None:
    """Look at each window that is filled; the one of this process."""
    from PySide6.QtCore import QTimer

    show = application_class.show
    steps: list[Callable[[], None]] = []

    def shown(application, *given):
        desktop = show(application, *given)
        over = partial(end_call, desktop)
        steps.extend([tell, partial(call, desktop), tell, over, application.qt.quit])
        quiet = 0

        def turn() -> None:
            nonlocal quiet
            is_quiet = desktop.workplace.session.is_open and desktop.workplace.is_quiet
            quiet = quiet + 1 if is_quiet else 0
            if quiet > QUIET_TURNS and steps:
                quiet = 0
                steps.pop(0)()

        timer = QTimer(application.qt)
        timer.timeout.connect(turn)
        timer.start(TURN_MILLISECONDS)
        return desktop

    application_class.show = shown


def main() -> int:
    """See above."""
    os.environ["YORISOI_DATA_DIR"] = sys.argv[1]
    sys.argv = ["main.py"]
    sys.path.insert(0, ROOT)
    from app.late_modules import put_off
    from ui.quick_imports import import_qt

    put_off()

    import_qt()
    import main as program
    from ui.application import Application

    watch(Application)
    return program.main()


if __name__ == "__main__":
    sys.exit(main())
