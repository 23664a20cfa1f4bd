"""The benchmarks run, and their figures are what they say. Nothing here judges a speed."""

import importlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtGui import QFont, QFontMetricsF

ROOT = Path(__file__).parents[1]


@pytest.fixture
def results(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    import results

    return results


@pytest.fixture
def page(results):
    import page

    return page


def test_median_and_p95(results):
    samples = results.Samples("x", [float(n) for n in range(100, 0, -1)])
    assert (samples.median, samples.p95) == (50.5, 95.0)
    assert results.Samples("x", [3.0]).p95 == 3.0


def test_a_table_tells_ratios_to_the_measure(results):
    measure = results.Samples("repaint", [1.0, 2.0, 3.0])
    table = results.ratio_table([measure, results.Samples("key", [4.0, 5.0])], measure)
    assert table[2:] == ["| repaint | 3 | 1.00 | 1.50 |", "| key | 2 | 2.25 | 2.50 |"]


def test_what_is_told_against_each_other_takes_turns(results):
    done = []
    found = results.in_turns({"a": lambda: done.append("a"), "b": lambda: done.append("b")}, 3)
    assert "".join(done) == "ababab"
    assert [(each.name, len(each.seconds)) for each in found] == [("a", 3), ("b", 3)]


def test_growth_takes_turns_that_hold_all_rounds(results):
    import growth

    assert growth._turns(30) == [6, 6, 6, 6, 6]
    assert growth._turns(2) == [2]


def test_a_very_small_ratio_keeps_two_digits(results):
    table = results.ratio_table([results.Samples("x", [0.0123])], results.Samples("", [1.0]))
    assert table[2:] == ["| x | 1 | 0.012 | 0.012 |"]


def test_a_section_takes_the_place_of_its_earlier_one(page):
    told = page.with_section("", "b", "Second", ["kept"], "ab")
    told = page.with_section(told, "a", "First", [r"gone \1"], "ab")
    told = page.with_section(told, "a", "First", [r"new \1"], "ab")
    assert "gone" not in told
    assert told.startswith("# Results")
    assert told.index(r"new \1") < told.index("kept"), "in their order"
    assert page.with_section(told, "a", "First", [r"new \1"], "ab") == told
    assert page.with_section(f"gone\n{told}", "a", "First", [r"new \1"], "ab") == told


def test_the_page_stands_as_it_would_be_written(page):
    """Its head, its marks and the order of its sections."""
    import run

    stands = page.RESULTS.read_text("utf-8")
    title, *lines = page.section_of(stands, "idle")[1:]
    title = title.removeprefix("## ")
    assert page.with_section(stands, "idle", title, lines[1:], run.NAMES) == stands


@pytest.mark.parametrize("last", ["a line", "Not measured: no clock here."])
def test_what_is_not_whole_leaves_the_page_as_it_was(page, monkeypatch, tmp_path, last):
    import run

    part = ModuleType("stopwatch")
    part.TITLE, part.measure = "T", lambda rounds: ["measured", last]
    monkeypatch.setitem(sys.modules, "stopwatch", part)
    monkeypatch.setattr(run, "RESULTS", tmp_path / "RESULTS.md")
    assert last in run.told_of("stopwatch", 1, is_written=True)
    assert run.RESULTS.exists() == (last == "a line")


def test_a_machine_is_told_by_processor_versions_and_what_others_took(results):
    import platform

    import machine

    said = machine.machine_lines("X11", 0.031)[0]
    assert platform.node() not in said
    assert said.endswith("; X11. Processors taken by other programs meanwhile: 3%.")


@pytest.mark.parametrize("name", ["startup", "idle", "peers"])
def test_who_measures_memory_has_nothing_of_qt_to_share(name):
    asked = f"import run, {name}, sys; assert not [m for m in sys.modules if 'PySide6' in m]"
    command = [sys.executable, "-c", asked]
    subprocess.run(command, cwd=ROOT / "benchmarks", check=True, timeout=60)


def test_what_others_take_is_all_work_but_our_own(results, monkeypatch):
    import machine

    told = iter([(100.0, 10.0, 50.0), (112.0, 18.0, 60.0), (150.0, 10.0, 60.0)])
    monkeypatch.setattr(machine.OtherWork, "_now", staticmethod(lambda: next(told)))
    monkeypatch.setattr(machine.os, "cpu_count", lambda: 2)
    others = machine.OtherWork()
    assert others.share() == pytest.approx(4 / 20)
    assert others.share() == 1.0


def test_the_work_of_this_machine_is_read(results):
    import machine

    share = machine.OtherWork().share()
    assert share is not None
    assert 0 <= share <= 1


def test_the_curves_of_a_picture_are_told_apart_and_their_names_are_whole(results, qapp):
    from svg_chart import Curve, chart

    names = [f"{number} waiting panel: made anew and painted" for number in range(8)]
    drawn = chart("T", "x", "y", [Curve(name, ((10, 1), (100, 2))) for name in names])
    legend = re.findall(r'(<(?:circle|polygon)[^>]*>)\n<text x="([\d.]+)"[^>]*>([^<]+)<', drawn)
    assert [name for _, _, name in legend] == names
    looks = {re.sub(r'(c[xy]|transform)="[^"]*"', "", mark) for mark, _, _ in legend}
    assert len(looks) == len(names)
    width = int(re.search(r'viewBox="0 0 (\d+) ', drawn)[1])
    font = QFont("sans-serif")
    font.setPixelSize(12)
    for _, x, name in legend:
        assert float(x) + QFontMetricsF(font).horizontalAdvance(name) <= width


_SPENDS_IN_A_THREAD = """
import sys, threading, time
def spend():
    while time.thread_time() < 0.05:
        pass
thread = threading.Thread(target=spend)
thread.start()
thread.join()
print("spent", flush=True)
sys.stdin.read()
"""


def test_what_a_thread_has_spent_stays_when_it_is_over(results):
    import processes

    with subprocess.Popen(
        [sys.executable, "-c", _SPENDS_IN_A_THREAD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as child:
        before = processes.cpu_seconds(child.pid)
        child.stdout.readline()
        assert processes.cpu_seconds(child.pid) - before >= 0.05
        assert processes.pss_kib(child.pid) > 0


def test_the_wakes_of_a_thread_that_is_over_stay_counted(results, tmp_path):
    import processes

    wakes = processes.Wakes(tmp_path)
    for thread, count in (("7", 40), ("8", 2)):
        (tmp_path / thread).mkdir()
        (tmp_path / thread / "status").write_text(
            f"Name:\tx\nvoluntary_ctxt_switches:\t{count}\nnonvoluntary_ctxt_switches:\t9\n"
        )
    assert wakes.look() == 42
    (tmp_path / "8" / "status").unlink()  # listed, and over before it is read
    assert wakes.look() == 42
    shutil.rmtree(tmp_path / "8")
    assert wakes.look() == 42


_WITHOUT_A_SCREEN = ("stage_switch", "search", "papers", "encryption", "backup", "case_bytes")
_LONG, _PEERS = ("growth", "soak"), ("peers",)
_PROGRAMS = ("startup", "idle", "key_to_paint", "hotkey_latency", "ctl")


@pytest.fixture(scope="module")
def tried():
    """What benchmarks say in a try; each is tried once."""
    said = {}

    def try_them(names):
        if names not in said:
            done = subprocess.run(
                [
                    sys.executable,
                    "benchmarks/run.py",
                    "--rounds",
                    "2",
                    "--no-write",
                    "--only",
                    *names,
                ],
                cwd=ROOT,
                env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
                capture_output=True,
                encoding="utf-8",
                timeout=280,
            )
            assert done.returncode == 0, done.stderr
            said[names] = done.stdout
        return said[names]

    return try_them


@pytest.mark.parametrize("names", [_WITHOUT_A_SCREEN, _LONG, _PEERS, _PROGRAMS])
def test_every_section_has_ratios_to_check(results, tried, names):
    """Else `make bench-check` would pass whatever happens to it."""
    said = tried(names)
    for name in names:
        title = f"## {importlib.import_module(name).TITLE}"
        section = said.partition(title)[2].partition("\n## ")[0].splitlines()
        not_measured = any(line.startswith("Not measured") for line in section)
        assert results.ratios(section) or not_measured, name


def test_every_benchmark_is_tried(results):
    import run

    assert sorted(run.NAMES) == sorted(_WITHOUT_A_SCREEN + _LONG + _PEERS + _PROGRAMS)


def test_a_benchmark_that_fails_stops_no_other(results, monkeypatch, capsys):
    import run

    ran = []

    def run_one(command, **_):
        ran.append(name := command[command.index("--only") + 1])
        return subprocess.CompletedProcess(command, 1 if name == "idle" else 0)

    monkeypatch.setattr(run.subprocess, "run", run_one)
    assert run.main([]) == 1
    assert tuple(ran) == run.NAMES
    assert capsys.readouterr().out == "Failed: idle\n"


def test_the_keys_are_told(tried):
    said = tried(_WITHOUT_A_SCREEN)
    for name in ("empty repaint", "next stage", "stage before", "flow aside", "a card"):
        assert f"| {name} | 2 | " in said
    if all(map(shutil.which, ("Xvfb", "openbox", "xdotool", "xterm"))):
        said = tried(_PROGRAMS)
        assert "| global hotkey | 2 | " in said
        assert "| global hotkey, 1,000 notes, backup | 2 | " in said
        assert "| shortcut, no notes, each commit takes 100 ms longer | 2 | " in said


def test_the_ratios_of_a_page_are_read_as_they_were_written(results, page):
    measure = results.Samples("repaint", [1.0, 2.0, 3.0])
    samples = [measure, results.Samples("key", [4.0, 5.0])]
    table = results.ratio_table(samples, measure)
    memory = results.ratio_table(samples, measure, "memory")
    other = ["| query | 10,000 |", "|---|--:|", "| one | 9.2 (15.2) |"]
    told = page.with_section("", "a", "A", ["words", *table, "", *memory, "", *other], "ab")
    told = page.with_section(told, "b", "B", table, "ab")
    assert results.ratios(page.section_of(told, "a")) == {
        "what: repaint": 1.0,
        "what: key": 2.25,
        "memory: repaint": 1.0,
        "memory: key": 2.25,
    }
    assert results.ratios(page.section_of(told, "b")).keys() == {"what: repaint", "what: key"}
    assert results.ratios(page.section_of(told, "c")) == {}


@pytest.mark.parametrize(
    ("before", "now", "is_worse"),
    [
        (1.0, 1.2, False),
        (1.0, 1.21, True),
        (1.0, 0.5, False),
        (0.01, 0.03, False),
        (0.01, 0.04, True),
    ],
)
def test_a_fifth_worse_is_too_much(results, before, now, is_worse):
    import check

    found = check.worse({"x": before}, {"x": now, "new": 99.0})
    assert found == ({"x": (before, now)} if is_worse else {})


@pytest.fixture
def bench_check(results, page, monkeypatch, tmp_path, capsys):
    """Checks one benchmark, which finds these ratios one time after the other, against a page."""

    def check_it(before, *found):
        import check

        times = iter(found)
        monkeypatch.setattr(check, "NAMES", ("stopwatch",))

        def measured(_name, _rounds):
            if (now := next(times)) == "failed":
                raise subprocess.CalledProcessError(1, "run.py")
            return results.ratios(_table(results, now))

        monkeypatch.setattr(check.run, "ratios_now", measured)
        written = tmp_path / "RESULTS.md"
        written.write_text(page.with_section("", "stopwatch", "Title", _table(results, before), ()))
        monkeypatch.setattr(check, "RESULTS", written)
        code = check.main([])
        assert next(times, None) is None
        return code, capsys.readouterr().out

    return check_it


def _table(results, ratios):
    if not ratios:
        return ["Not measured: no clock here."]
    unit = results.Samples("unit", [1.0])
    return results.ratio_table([results.Samples(*each) for each in ratios.items()], unit)


def test_a_section_that_is_no_worse_passes(bench_check):
    assert bench_check({"a": [1.0], "b": [2.0]}, {"a": [1.1], "b": [0.5], "new": [9.0]})[0] == 0


def test_a_ratio_that_is_worse_each_time_fails_and_is_named_at_its_best(bench_check):
    code, said = bench_check(
        {"a": [1.0], "b": [1.0]},
        {"a": [1.4], "b": [1.3]},
        {"a": [1.3], "b": [1.3]},
        {"a": [1.5], "b": [1.0]},
    )
    assert code == 1
    assert "stopwatch: what: a: 1.00 before, 1.30 now" in said
    assert "what: b:" not in said.partition("before")[2]


def test_a_ratio_that_is_well_once_was_met_by_a_busy_moment(bench_check):
    assert bench_check({"a": [1.0]}, {"a": [1.3]}, {"a": [1.1]})[0] == 0
    assert bench_check({"a": [1.0]}, {"a": [1.3]}, {"a": [1.3]}, {"a": [1.2]})[0] == 0


def test_two_ratios_may_be_well_in_different_rounds(bench_check):
    assert bench_check({"a": [1], "b": [1]}, {"a": [9], "b": [1]}, {"a": [1], "b": [9]})[0] == 0


def test_what_is_missing_fails(bench_check):
    code, said = bench_check({})
    assert (code, "stopwatch: no figures in RESULTS.md" in said) == (1, True)
    code, said = bench_check({"a": [1.0], "b": [1.0]}, {"a": [1.0]})
    assert (code, "stopwatch: what: b: not measured any more" in said) == (1, True)


def test_a_benchmark_that_fails_fails_the_check(bench_check):
    assert bench_check({"a": [1]}, "failed") == (1, "stopwatch: failed while it was measured\n")


def test_what_cannot_be_measured_here_is_said(bench_check):
    assert bench_check({"a": [1.0]}, {}) == (0, "stopwatch: cannot be measured here\n")


def test_search_is_told_by_class_and_size_against_like(tried):
    said = tried(_WITHOUT_A_SCREEN)
    assert "| query | 300 | 1,000 |" in said
    line = next(line for line in said.splitlines() if line.startswith("| one char"))
    assert re.fullmatch(r"\| one character (\| [\d.]+ \([\d.]+\) \[×[\d.]+\] ){2}\|", line)
    assert "The worst class over 1,000 notes, but for the last two: " in said


@pytest.mark.parametrize("kind", ["open", "append", "draft", "search", "purge of a case", "backup"])
def test_the_journal_is_told_plain_and_encrypted(tried, kind):
    said = tried(_WITHOUT_A_SCREEN)
    for form in ("bare sqlite3", "plain", "encrypted"):
        assert f"| {kind}: {form} | 2 | " in said


def test_bytes_per_case_are_told(tried):
    assert re.search(r"30 cases of \d+ events, bytes per case: bare", tried(_WITHOUT_A_SCREEN))
