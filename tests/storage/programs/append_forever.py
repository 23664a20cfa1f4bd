"""append_forever.py PATH DESK [COUNT NAME]: append until killed, or so many events.

Ids leave by stdout once they are committed; the first line is the sequence number gone on from.
Given a COUNT it counts from 1 whatever it finds, and NAME tells its ids from another's.
"""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

from recorder import NOON, WAIT, Recorder, event, summary

from storage.journal import Draft, DraftKey, Journal, Opening


class Teller(Recorder):
    """Passes on what was committed, and keeps the appending at most so far ahead."""

    def __init__(self) -> None:
        super().__init__()
        self.ahead = threading.Semaphore(20)
        self.opening: Opening | None = None

    def on_opened(self, opening: Opening) -> None:
        self.opening = opening
        super().on_opened(opening)

    def on_committed(self, event_ids: tuple[str, ...]) -> None:
        os.write(1, "".join(f"{event_id}\n" for event_id in event_ids).encode())
        for _ in event_ids:
            self.ahead.release()


def main() -> None:
    """See above."""
    path, desk_id = Path(sys.argv[1]), sys.argv[2]
    count, name = (int(sys.argv[3]), sys.argv[4]) if len(sys.argv) > 3 else (sys.maxsize, desk_id)
    teller = Teller()
    journal = Journal(path, teller)
    journal.start()
    teller.wait_for("opened")
    known = teller.opening.running if teller.opening else ()
    last = max((each.seq for _, events in known for each in events), default=0)
    last = 0 if count < sys.maxsize else last
    os.write(1, f"last {last}\n".encode())
    for seq in range(last + 1, min(last + count, sys.maxsize) + 1):
        teller.ahead.acquire()
        journal.save_draft(Draft("case-1", "note", f"typing {seq}", NOON))
        text = "" if seq % 3 else "よ" * (seq % 700)
        used = [DraftKey("case-1", "note")] if seq % 5 == 0 else []
        journal.append([event(desk_id, seq, text, name)], [summary(seq)], used)
    assert journal.close(WAIT)


main()
