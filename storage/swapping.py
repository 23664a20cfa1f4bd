"""Who waits for whom, where whole files are copied, cleaned or put in the place of another.

SQLite's own locks are not enough: a plain and an encrypted file are opened by two libraries in one
process, which do not see each other's, and a file that was replaced is locked by nobody.
"""

from __future__ import annotations

import threading

# Held while a small file is open for writing, and while a converted one takes its name: a
# connection that waited for the lock of the old file would write into what is thrown away.
SWAPPING = threading.RLock()

# Held by whatever works through whole databases beside the writer: a backup, a purge, a change of
# form. A copy that was begun before a purge would bring back what it erased. Taken before SWAPPING.
LONG_WORK = threading.RLock()
