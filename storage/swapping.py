"""One file at a time is put in the place of another, and never while it is written to."""

from __future__ import annotations

import threading

# Held while a small file is open for writing, and while a converted one takes its name: a
# connection that waited for the lock of the old file would write into what is thrown away.
SWAPPING = threading.RLock()
