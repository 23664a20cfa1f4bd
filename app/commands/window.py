"""No sub-command: the sidebar."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.paths import Places
from desktop.screen import has_screen
from scripts_ja.texts import t

if TYPE_CHECKING:
    from argparse import Namespace

_SAMPLE_FOLDER = Path("build") / "demo"


def run(arguments: Namespace, where: Places) -> int:
    """Open the sidebar; without a screen, play the sample call beside it."""
    if not has_screen():
        from app.commands import demo

        sys.stdout.write(t("cli.no_screen", out=_SAMPLE_FOLDER) + "\n")
        sys.stdout.flush()
        arguments.out, arguments.scenario = str(_SAMPLE_FOLDER), "washing_machine"
        return demo.run(arguments, where)
    gc.disable()  # until the first frame: what is made for it stays
    from ui.quick_imports import import_qt

    import_qt()
    from app.window_run import run_window

    return run_window(where)
