"""The benchmarks run, and their figures are what they say. Nothing here judges a speed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def results(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    import results

    return results


def test_median_and_p95(results):
    samples = results.Samples("x", [float(n) for n in range(100, 0, -1)])
    assert (samples.median, samples.p95) == (50.5, 95.0)
    assert results.Samples("x", [3.0]).p95 == 3.0


def test_a_table_tells_ratios_to_the_measure(results):
    measure = results.Samples("repaint", [1.0, 2.0, 3.0])
    table = results.ratio_table([measure, results.Samples("key", [4.0, 5.0])], measure)
    assert table[2:] == ["| repaint | 3 | 1.00 | 1.50 |", "| key | 2 | 2.25 | 2.50 |"]


def test_a_section_takes_the_place_of_its_earlier_one(results):
    page = results.with_section("", "a", "First", [r"old \1"])
    page = results.with_section(page, "b", "Second", ["kept"])
    page = results.with_section(page, "a", "First", [r"new \1"])
    assert "old" not in page
    assert page.index(r"new \1") < page.index("kept")
    assert page.startswith("# Results")
    assert results.with_section(page, "a", "First", [r"new \1"]) == page


def test_a_machine_is_told_by_cpu_and_versions_only(results):
    import platform

    assert platform.node() not in " ".join(results.machine_lines())


def test_every_benchmark_runs():
    done = subprocess.run(
        [sys.executable, "benchmarks/run.py", "--rounds", "2", "--no-write"],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    for name in ("empty repaint", "next stage", "stage before", "flow aside", "a card"):
        assert f"| {name} | 2 | " in done.stdout
    if all(map(shutil.which, ("Xvfb", "openbox", "xdotool", "xterm"))):
        assert "| global hotkey | 2 | " in done.stdout
