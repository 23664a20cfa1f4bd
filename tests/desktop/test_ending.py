"""Signals that want the program to end: heard by the loop, once, and left to the system again."""

import os
import signal
from pathlib import Path

import pytest

from desktop.ending import EndWatch


@pytest.fixture
def ended():
    return []


@pytest.fixture
def watch(qapp, ended):
    watch = EndWatch(lambda: ended.append(signal.getsignal(signal.SIGTERM)))
    yield watch
    watch.stop()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_comes_by_the_loop_and_the_next_one_is_the_systems(ear, watch, ended, number):
    os.kill(os.getpid(), number)
    assert ended == []
    ear.wait_until(lambda: ended)
    assert ended == [signal.SIG_DFL]


def test_two_at_once_are_one_end(ear, watch, ended):
    os.kill(os.getpid(), signal.SIGTERM)
    os.kill(os.getpid(), signal.SIGHUP)
    ear.wait_until(lambda: ended)
    ear.settle()
    assert len(ended) == 1


def test_stopped_it_leaves_all_as_it_was(qapp):
    before = {each: signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT)}
    descriptors = count_descriptors()
    watch = EndWatch(lambda: None)
    watch.stop()
    watch.stop()
    assert {each: signal.getsignal(each) for each in before} == before
    assert signal.set_wakeup_fd(-1) == -1
    assert count_descriptors() == descriptors


def count_descriptors():
    folder = Path("/proc/self/fd")
    return len(list(folder.iterdir())) if folder.is_dir() else 0


def test_what_nohup_ignores_stays_ignored(ear, ended):
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        watch = EndWatch(lambda: ended.append(1))
        os.kill(os.getpid(), signal.SIGHUP)
        ear.settle()
        watch.stop()
        assert ended == []
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


def test_on_windows_messages_say_it(qapp):
    before = signal.getsignal(signal.SIGINT)
    EndWatch(lambda: None, "win32").stop()
    assert signal.getsignal(signal.SIGINT) is before
