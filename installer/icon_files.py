"""The icon as the files that Windows and macOS want beside a program: python icon_files.py OUT.

OUT ends in .ico, .icns or .png. Drawn by ui/icon.py, in a process of its own: a build must not
load Qt into itself.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtGui import QGuiApplication

from ui.icon import app_icon


def main(out: Path) -> int:
    """Draw and save it; 1 where this Qt cannot write such a file."""
    application = QGuiApplication([])
    out.parent.mkdir(parents=True, exist_ok=True)
    is_saved = app_icon().save(str(out))
    application.quit()
    return 0 if is_saved else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
