"""A headless Chromium, spoken to through a pipe: what a page looks like to who opens it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

COMMANDS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# How long a lost answer is waited for; a page takes some tens of milliseconds.
PATIENCE_SECONDS = 120
_AS_3_AND_4 = """
import os, sys
high = [os.dup2(int(end), 90 + place) for place, end in enumerate(sys.argv[1:3])]
for place, end in enumerate(high):
    os.dup2(end, 3 + place)
os.execv(sys.argv[3], sys.argv[3:])
"""


def chromium():
    """The path of one that is installed, or None."""
    return next(filter(None, map(shutil.which, COMMANDS)), None)


def is_debian():
    release = Path("/etc/os-release")
    return release.exists() and "ID=debian" in release.read_text().splitlines()


class Browser:
    """One page of one browser; it has a profile of its own and no network to speak of."""

    def __init__(self, command, profile):
        to_browser, self._out = os.pipe()
        self._in, from_browser = os.pipe()
        # The browser reads from 3 and writes to 4; a root of a container has no sandbox.
        flags = ["--headless", "--remote-debugging-pipe", f"--user-data-dir={profile}"]
        flags += ["--no-first-run", "--disable-gpu", "--disable-dev-shm-usage"]
        flags += ["--no-sandbox"] if os.geteuid() == 0 else []
        ends = (str(to_browser), str(from_browser))
        self._process = subprocess.Popen(
            [sys.executable, "-c", _AS_3_AND_4, *ends, command, *flags],
            pass_fds=(to_browser, from_browser),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_browser)
        os.close(from_browser)
        self._number, self._rest, self.events = 0, b"", []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        attached = self.ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Network", "Log", "Runtime"):
            self.ask(f"{domain}.enable")

    _session = None

    def ask(self, method, **params):
        """Send a command and wait for its answer; what happens meanwhile is kept in ``events``."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._read()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return answer["result"]
            self.events.append(answer)

    def open(self, path, width, *, dark=False, media="screen"):
        """Show a file at that width."""
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=900,
            deviceScaleFactor=1,
            mobile=False,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.ask("Emulation.setEmulatedMedia", media=media, features=[scheme])
        self.events = []
        self.ask("Page.navigate", url=path.as_uri())
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self._read())

    def evaluate(self, script):
        """What an expression gives on the page."""
        result = self.ask("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    def requests(self):
        """What the page has asked for since it was opened."""
        sent = [e for e in self.events if e.get("method") == "Network.requestWillBeSent"]
        return [event["params"]["request"]["url"] for event in sent]

    def complaints(self):
        """What the browser found wrong with the page."""
        return [e["params"] for e in self.events if e.get("method") == "Log.entryAdded"]

    def close(self):
        os.close(self._out)
        os.close(self._in)
        self._process.terminate()
        self._process.wait(PATIENCE_SECONDS)

    def _read(self):
        while b"\0" not in self._rest:
            part = os.read(self._in, 1 << 16)
            assert part, "the browser has gone"
            self._rest += part
        message, self._rest = self._rest.split(b"\0", 1)
        return json.loads(message)


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """Chromium, or a skipped test where there is none."""
    command = chromium()
    if command is None:
        pytest.skip("no Chromium on this machine (tools/setup.sh test installs one)")
    opened = Browser(command, tmp_path_factory.mktemp("profile"))
    yield opened
    opened.close()
