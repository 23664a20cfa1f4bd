"""The benchmarks run, and their figures are what they say. Nothing here judges a speed."""

import os
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
        timeout=280,
    )
    assert done.returncode == 0, done.stderr
    for name in ("empty repaint", "next stage", "stage before", "flow aside", "a card"):
        assert f"| {name} | 2 | " in done.stdout


def test_the_ratios_of_a_page_are_read_as_they_were_written(results):
    measure = results.Samples("repaint", [1.0, 2.0, 3.0])
    table = results.ratio_table([measure, results.Samples("key", [4.0, 5.0])], measure)
    memory = ["| memory | times | median | p95 |", *table[1:]]
    other = ["| query | 10,000 |", "|---|--:|", "| one | 9.2 (15.2) |"]
    page = results.with_section("", "a", "A", ["words", *table, "", *memory, "", *other])
    page = results.with_section(page, "b", "B", table)
    assert results.ratios(results.section_of(page, "a")) == {
        "what: repaint": 1.0,
        "what: key": 2.25,
        "memory: repaint": 1.0,
        "memory: key": 2.25,
    }
    assert results.ratios(results.section_of(page, "b")).keys() == {"what: repaint", "what: key"}
    assert results.ratios(results.section_of(page, "c")) == {}


@pytest.mark.parametrize(("now", "found"), [(1.2, {}), (1.21, {"x": (1.0, 1.21)}), (0.5, {})])
def test_a_fifth_worse_is_too_much(results, now, found):
    import check

    assert check.worse({"x": 1.0}, {"x": now, "new": 99.0}) == found
