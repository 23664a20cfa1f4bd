"""made_ready.py FOLDER: a call, until all is made ready for its keys; then they are pressed.

Prints a line of JSON: ``before`` are the modules when the call began; ``steps`` says what each step
brought of ours, ``pressed`` what a key still brought.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

import at_rest

ROOMS = ("app", "call", "desktop", "handoff", "scripts_ja", "storage", "ui")
KEYS = ("hold", "hold", "new_fact", "aside", "aside", "cards", "customer", "consult", "exits")
KEYS_AFTER = ("kinds", "find_phrase", "undo", "handoff", "end", "wrap_up")


def brought(do: Callable[[], object]) -> list[str]:
    """The modules of ours that doing it brings."""
    before = set(sys.modules)
    do()
    return [n for n in sys.modules if n not in before and n.partition(".")[0] in ROOMS]


class Told:
    """What is found out about the one call of this process."""

    def __init__(self) -> None:
        self.before: list[str] = []
        self.steps: list[tuple[str, list[str]]] = []
        self.pressed: dict[str, list[str]] = {}
        self.ready: list[object] = []

    def hear_of_steps(self) -> None:
        """Of each step, which is taken in the next turn of the loop."""
        from app import made_ready, running

        really, make = made_ready.import_module, running.MadeReady

        def step(name: str) -> None:
            self.steps.append((name, brought(lambda: really(name))))

        def keep(session):
            self.ready.append(make(session))
            return self.ready[0]

        made_ready.PAUSE_MILLISECONDS = 0
        made_ready.import_module = step
        running.MadeReady = keep

    def turn(self, application, desktop) -> bool:
        """Go on, where it can be; whether that was all."""
        if not desktop.workplace.session.is_open:
            return False
        if not self.before:
            self.before = sorted(sys.modules)
            desktop.controller.trigger("start")
        if not self.ready[0].is_done:
            return False
        for key in KEYS + KEYS_AFTER:
            self.pressed[key] = brought(lambda key=key: press(application, desktop, key))
        return True


def press(application, desktop, key: str) -> None:
    """Until it is painted."""
    desktop.controller.trigger(key)
    for _ in range(3):
        application.qt.processEvents()


def watch(application_class: type) -> None:
    """Press the keys in the window of this process."""
    from PySide6.QtCore import QTimer

    told, show = Told(), application_class.show
    told.hear_of_steps()

    def shown(application, *given):
        desktop = show(application, *given)

        def turn() -> None:
            if told.turn(application, desktop):
                timer.stop()
                found = {"before": told.before, "steps": told.steps, "pressed": told.pressed}
                sys.stdout.write(json.dumps(found) + "\n")
                sys.stdout.flush()
                application.qt.quit()

        timer = QTimer(application.qt)
        timer.timeout.connect(turn)
        timer.start(10)
        return desktop

    application_class.show = shown


if __name__ == "__main__":
    at_rest.watch = watch
    sys.exit(at_rest.main())
