"""The settings, with the department that this desk belongs to where their file is lost or spoilt.

A desk that forgot its department would hand cases over as nobody wants it (docs/adr/0006).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.settings import Problem, Settings, load
from desktop.paths import Places

if TYPE_CHECKING:
    from app.department_copy import Copy

FOLDER = "department.folder"


def known_settings(where: Places) -> tuple[Settings, tuple[Problem, ...]]:
    """Read the file; where it does not say, the department is the one whose copy is kept."""
    is_there = where.settings.exists()
    settings, problems = load(where.settings)
    if is_there and not {"", FOLDER} & {problem.name for problem in problems}:
        return settings, problems
    kept = _folder_of_copy(where) if where.department.is_dir() else ""
    return (settings.changed({FOLDER: kept}) if kept else settings), problems


def _folder_of_copy(where: Places) -> str:
    from app.department_copy import folder_of_copy  # few desks have a department

    return folder_of_copy(where.department)


def in_force(where: Places) -> tuple[Settings, Copy | None]:
    """The settings that a command works by, and the copy of what the department shares.

    As in the window, what the department has locked stands over one's own.
    """
    settings, _ = known_settings(where)
    folder = settings.text(FOLDER)
    if not folder:
        return settings, None
    from app.department_copy import find_copy
    from app.rule_layers import locks_of

    copy = find_copy(where.department, folder)
    return (settings.changed(locks_of(copy)) if copy else settings), copy
