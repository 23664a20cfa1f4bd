"""The settings, with the department that this desk belongs to where their file is lost or spoilt.

A desk that forgot its department would hand cases over as nobody wants it (docs/adr/0006).
"""

from __future__ import annotations

from app.settings import Problem, Settings, load
from desktop.paths import Places

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
