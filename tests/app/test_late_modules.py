"""Modules that wait for their first name are what they would have been when it is asked for."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from threading import Barrier

import pytest

from app import late_modules
from ui.late_loader import LateLoader, late

ROOT = Path(__file__).parents[2]
PUT_OFF = "from app.late_modules import put_off; put_off(); put_off()\n"
WAITING = """
import sys
print(*sorted(name for name, each in sys.modules.items()
              if type(each.__loader__).__name__ == "LateLoader"))
"""
USED = """
import inspect, pickle, tempfile, tokenize
from bz2 import compress, decompress
from lzma import LZMAError
import ipaddress
print(decompress(compress(b"a")), LZMAError.__name__, ipaddress.ip_address("::1").is_loopback)
print(pickle.loads(pickle.dumps([1])), tempfile.gettempprefix(), inspect.isclass(int), tokenize.NAME)
print(inspect.__file__ == inspect.__spec__.origin, hasattr(inspect, "no_such_name"))
"""


def said(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return done.stdout


@pytest.fixture
def waiting(tmp_path):
    """Makes a module of some source that waits for its first name."""

    def make(source: str):
        path = tmp_path / "some.py"
        path.write_text(source, encoding="utf-8")
        spec = late(spec_from_loader("some", SourceFileLoader("some", str(path))))
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return make


def test_they_wait():
    imported = f"import {', '.join(sorted(late_modules._LATE))}"
    assert said(PUT_OFF + imported + WAITING).split() == sorted(late_modules._LATE)


def test_used_they_are_themselves():
    assert said(PUT_OFF + USED) == said(USED)
    assert said(PUT_OFF + USED + WAITING).endswith("\n\n"), "none waits any more"


def test_what_is_refused_is_not_there():
    pytest.importorskip("typing_extensions")
    asked = "import msgspec, sys; print('typing_extensions' in sys.modules)"
    assert said(asked) == "True\n"
    assert said(PUT_OFF + asked) == "False\n"


def test_looking_around_loads_nothing(waiting):
    module = waiting("raise AssertionError")
    assert not hasattr(module, "__wrapped__")
    assert isinstance(module.__loader__, LateLoader)


def test_two_threads_ask_at_once_and_it_is_loaded_once(waiting):
    module = waiting("import sys\nsys.some_loads.append(1)\nlast = sum(range(200_000))")
    sys.some_loads = []
    begin = Barrier(8)

    def ask(_: int) -> int:
        begin.wait()
        return module.last

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(ask, range(8))) == {sum(range(200_000))}
    assert sys.some_loads == [1]
    del sys.some_loads


def test_what_is_wrong_in_it_is_said_each_time_and_mended_it_is_itself(waiting):
    module = waiting(
        "import sys\nif not sys.some_is_there:\n    raise ImportError('no some')\nlast = 1"
    )
    sys.some_is_there = False
    for _ in range(2):
        with pytest.raises(ImportError, match="no some"):
            _ = module.last
    sys.some_is_there = True
    assert module.last == 1
    del sys.some_is_there


def test_a_name_that_it_does_not_have(waiting):
    module = waiting("first = 1")
    with pytest.raises(AttributeError, match="'some' has no attribute 'second'"):
        _ = module.second
    assert module.first == 1
