"""``import FILE`` with an acknowledgement: laid into the inbox, where the sidebar keeps it."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from app.answers import read_answer
from app.bundle_import import content_of
from app.failure import Failure
from app.seals import Seals
from app.storage_words import unread
from app.writing import write_file
from desktop.paths import Places, make_private
from handoff.acknowledgement import EXTENSION
from handoff.bundle import BundleError
from handoff.file_name import safe_name
from handoff.sealing import SEALED, is_sealed
from scripts_ja.texts import t
from storage.troubles import StorageError

# How the file's name ends, plain or sealed.
ANSWERS = (f".{EXTENSION}", f".{SEALED[EXTENSION]}")


def hear_answer(arguments: argparse.Namespace, path: Path, where: Places, seals: Seals) -> int:
    """The sidebar keeps it: now where one is open, else when it starts next.

    Raises:
        Failure: it is none, was changed, or is about no case of this desk.
    """
    try:
        raw = content_of(path)
        heard = read_answer(seals.opened(raw)[0], where.database)
    except BundleError as error:
        raise Failure(t(f"import.refused.{error.kind}", path=path)) from None
    except StorageError as error:
        raise unread(error) from None
    except OSError:
        raise Failure(t("import.refused.unreadable", path=path)) from None
    if heard is None:
        raise Failure(t("import.refused.not_ours", path=path))
    _, said = heard
    make_private(where.inbox)
    extension = SEALED[EXTENSION] if is_sealed(raw) else EXTENSION
    laid = where.inbox / safe_name(f"{said.case_no}_{said.bundle[:16]}", extension)
    write_file(laid, raw)
    if arguments.json:
        told = {"case_no": said.case_no, "outcome": "handed"}
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(t("import.answer_handed") + "\n")
    return 0
