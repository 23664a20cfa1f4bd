"""An errand to the disk that says by an id what went wrong."""

from __future__ import annotations

import logging
from collections.abc import Callable

from app.errands import Errands
from storage import troubles
from storage.troubles import StorageError

_log = logging.getLogger(__name__)


def run_storage_errand(
    errands: Errands, job: Callable[[], object], then: Callable[[str], None]
) -> None:
    """Do a job aside; ``then`` hears the id of what went wrong, empty for nothing."""

    def guarded() -> str:
        try:
            job()
        except StorageError as error:
            _log.info("an errand failed: %s", error)
            return error.kind
        except OSError as error:
            _log.info("an errand failed: %s", error)
            return troubles.UNWRITABLE
        return ""

    errands.run(guarded, then, failed=lambda: then(troubles.UNEXPECTED))
