"""Somebody who hears what a back end says."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEventLoop

from desktop.hotkeys.backend import Listener, Outcome, Relay

PATIENCE_MILLISECONDS = 20_000


class Ear:
    """Keeps what was heard, in its order."""

    def __init__(self) -> None:
        self.pressed: list[str] = []
        self.changed: dict[str, Outcome] = {}
        self.lost: list[str] = []
        self.listener = Listener(self.pressed.append, self.changed.__setitem__, self.lost.append)
        self.relay = Relay(self.listener)

    def settle(self) -> None:
        """Let what is on its way arrive."""
        QCoreApplication.processEvents()

    def wait_until(self, is_so) -> None:
        patience = QDeadlineTimer(PATIENCE_MILLISECONDS)
        while not is_so():
            assert not patience.hasExpired(), "it never came"
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)


@pytest.fixture
def ear(qapp) -> Ear:
    return Ear()
