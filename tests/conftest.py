"""What every test shares: no screen, no touching of real data, no unexpected log, no skips.

Tests in `tests/e2e` start an X server and hand its DISPLAY, with QT_QPA_PLATFORM=xcb, to the
programs that they start; this process itself stays off-screen.

Nothing of Qt is imported here: the tests of `call/` run without it (see test_architecture.py).
"""

import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from _pytest.logging import LogCaptureHandler
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Else each Qt on a new display starts a session bus that stays behind.
os.environ["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"
# No test asks the key store of whoever runs the tests; `key_store` gives it one of its own.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

# A busy machine is no bug, so no example has a deadline.
settings.register_profile("yorisoi", deadline=None, print_blob=True)
settings.register_profile("quick", parent=settings.get_profile("yorisoi"), max_examples=5)
settings.load_profile("yorisoi")


@pytest.fixture(autouse=True)
def _data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keeps every test away from the cases of whoever runs the tests, and from their login."""
    monkeypatch.setenv("YORISOI_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture
def key_store() -> Iterator[Any]:
    """A key store of the test's own, in memory, in the place of the system's."""
    import keyring

    from storage import keys
    from tests.doubles.key_stores import MemoryKeyring

    before, ours = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(ours)
    keys.forget_all()
    yield ours
    keyring.set_keyring(before)
    keys.forget_all()


class _Unexpected(logging.Handler):
    """Collects what is logged at WARNING or above without the test having asked for it."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        if not self._is_expected(record):
            self.records.append(record)

    @staticmethod
    def _is_expected(record: logging.LogRecord) -> bool:
        """`with caplog.at_level(logging.WARNING):` says that a WARNING is to come."""
        levels = {logging.getLogger(record.name).level}
        for handler in logging.getLogger().handlers:
            if isinstance(handler, LogCaptureHandler):
                levels.add(handler.level)
        return record.levelno in levels


@pytest.fixture(autouse=True)
def _no_unexpected_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test during which the program warned, unless the test says that it would.

    It says so with `caplog.at_level(LEVEL)` around the place, LEVEL being the level that comes,
    or with the marker `expects_log`.
    """
    if request.node.get_closest_marker("expects_log"):
        yield
        return
    handler = _Unexpected()
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)
    if handler.records:
        said = "\n".join(
            f"{record.levelname} {record.name}: {record.getMessage()}" for record in handler.records
        )
        pytest.fail(f"logged without being expected:\n{said}", pytrace=False)


def _count_skipped(config: pytest.Config) -> int:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return len(reporter.stats.get("skipped", [])) if reporter else 0


def pytest_sessionfinish(session: pytest.Session) -> None:
    """`make test` sets YORISOI_NO_SKIP: what was not run was not shown to work."""
    if os.environ.get("YORISOI_NO_SKIP") and _count_skipped(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Says why a run with skips failed."""
    skipped = _count_skipped(config)
    if os.environ.get("YORISOI_NO_SKIP") and skipped:
        terminalreporter.write_line(
            f"FAILED: {skipped} skipped, and none may be here (YORISOI_NO_SKIP)", red=True
        )
