"""``desk-key [--new]``: this desk's public key, made first where there is none.

Made by the lock only: a sidebar that is open makes one by its settings, and works with the one it knows.
"""

from __future__ import annotations

import argparse
import json
import sys

from app.desk_key import DeskKeyError, make_key, public_key, secret_key
from app.failure import Failure
from app.turn import turn
from desktop.paths import Places
from handoff.desk_keys import PublicKey
from scripts_ja.texts import t


def run(arguments: argparse.Namespace, where: Places) -> int:
    """Print the line that the department's file names this desk by.

    Raises:
        Failure: no key can be kept here, or the one there was is gone.
    """
    try:
        made = _made(where, arguments.new) if _is_to_make(where, arguments.new) else None
        public = made or secret_key(where.data).public()
    except DeskKeyError as error:
        raise Failure(t(f"seal.unmade.{error.kind}")) from None
    is_made = made is not None
    if arguments.json:
        told = {"key": public.as_text(), "id": public.id, "made": is_made}
        sys.stdout.write(json.dumps(told) + "\n")
        return 0
    sys.stdout.write(public.as_text() + "\n")
    sys.stderr.write(t("seal.made" if is_made else "seal.is", spoken=public.spoken) + "\n")
    return 0


def _is_to_make(where: Places, is_new: bool) -> bool:  # noqa: FBT001
    return is_new or public_key(where.data) is None


def _made(where: Places, is_new: bool) -> PublicKey | None:  # noqa: FBT001
    """Make one, unless another command has made it meanwhile.

    Raises:
        Failure: a sidebar is open.
        DeskKeyError: no key can be kept here.
    """
    with turn(where) as sidebar:
        if sidebar is not None:
            raise Failure(t("seal.in_sidebar"))
        return make_key(where.data) if _is_to_make(where, is_new) else None
