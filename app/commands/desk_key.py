"""``desk-key [--new]``: this desk's public key, made first where there is none."""

from __future__ import annotations

import argparse
import json
import sys

from app.desk_key import DeskKeyError, make_key, public_key, secret_key
from app.failure import Failure
from desktop.paths import Places, make_private
from scripts_ja.texts import t


def run(arguments: argparse.Namespace, where: Places) -> int:
    """Print the line that the department's file names this desk by.

    Raises:
        Failure: no key can be kept here, or the one there was is gone.
    """
    make_private(where.data)
    is_made = arguments.new or public_key(where.data) is None
    try:
        public = make_key(where.data) if is_made else secret_key(where.data).public()
    except DeskKeyError as error:
        raise Failure(t(f"seal.unmade.{error.kind}")) from None
    if arguments.json:
        told = {"key": public.as_text(), "id": public.id, "made": is_made}
        sys.stdout.write(json.dumps(told) + "\n")
        return 0
    sys.stdout.write(public.as_text() + "\n")
    sys.stderr.write(t("seal.made" if is_made else "seal.is", spoken=public.spoken) + "\n")
    return 0
