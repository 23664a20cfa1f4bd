"""``ctl``: tell the running window what the telephone does. What it understands: docs/CTL.md.

Called by softphones that wait for it, so texts and paths are imported only when something is wrong.
"""

from __future__ import annotations

import os
import sys

from desktop.door import LINE_LIMIT, door_of, knock

TYPE_CHECKING = False  # typing itself takes time to import
if TYPE_CHECKING:
    import argparse

    from desktop.paths import Places

DONE, REFUSED, WRONG_USAGE, NO_WINDOW = 0, 1, 2, 3

# With these a telephone number may come; the others take none.
_WITH_NUMBER = ("ringing", "start", "hold", "resume", "toggle-hold", "end")
_PLAIN = ("next", "back")
_NUMBER_CHARACTERS = frozenset(
    "0123456789+*#.-_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
)
_NUMBER_LENGTH = 64


def parted(arguments: list[str]) -> tuple[str | None, list[str]] | None:
    """The data folder that is named and what follows ``ctl``; None where it is no ctl call."""
    if arguments[:1] == ["ctl"]:
        return None, arguments[1:]
    if arguments[:1] == ["--data-dir"] and arguments[2:3] == ["ctl"]:
        return arguments[1], arguments[3:]
    if arguments and arguments[0].startswith("--data-dir=") and arguments[1:2] == ["ctl"]:
        return arguments[0].partition("=")[2], arguments[2:]
    return None


def run(arguments: argparse.Namespace, where: Places) -> int:
    """The same by way of the full command line, which main.py spares it."""
    return send(str(where.data), arguments.words)


def send(data_dir: str | None, words: list[str]) -> int:
    """Send one request; what is answered goes to the output, a refusal to standard error."""
    request = _request(words)
    if request is None:
        return _fail(WRONG_USAGE, "ctl.usage")
    line = os.fsencode("\t".join(["1", *request]))
    if len(line) >= LINE_LIMIT:
        return _fail(WRONG_USAGE, "ctl.too_long")
    try:
        answer = knock(_door(data_dir), line)
    except OSError:
        return _fail(NO_WINDOW, "ctl.no_window")
    verdict, _, said = answer.partition(b"\t")
    stream = sys.stdout if verdict == b"ok" else sys.stderr
    if said:
        stream.buffer.write(said + b"\n")
        stream.flush()
    return DONE if verdict == b"ok" else REFUSED


def _request(words: list[str]) -> list[str] | None:
    """The words to send, or None where they are none of ours."""
    command, rest = (words[0], words[1:]) if words else ("", [])
    if command in _WITH_NUMBER:
        return [command, *_number(rest)]
    if command in _PLAIN:
        return [command] if rest in ([], ["--"]) else None
    if command == "status":
        return [command, *(["json"] if rest else [])] if rest in ([], ["--json"]) else None
    if command == "note":
        return _note(rest)
    return None


def _number(rest: list[str]) -> list[str]:
    """The number, where it is one.

    It stands in the caller's own words and was put there unquoted: odd characters or several
    words are a broken or a hostile number, never an option. What happened counts all the same.
    """
    given = rest[1:] if rest[:1] == ["--"] else rest
    number = given[0] if len(given) == 1 else ""
    return [number] if is_number(number) else []


def is_number(text: str) -> bool:
    """Whether it can be a telephone number, or the name of an address of internet telephony."""
    return 0 < len(text) <= _NUMBER_LENGTH and _NUMBER_CHARACTERS.issuperset(text)


def _note(rest: list[str]) -> list[str] | None:
    kind, *texts = [word for place, word in enumerate(rest) if word != "--" or place > 1] or [""]
    text = " ".join(" ".join(texts).split())
    return ["note", kind, text] if kind and text else None


def _door(data_dir: str | None) -> str:
    """As desktop/paths.py finds the folder, without the imports that it needs."""
    named = data_dir or os.environ.get("YORISOI_DATA_DIR")
    return door_of(os.path.abspath(os.path.expanduser(named)) if named else None)


def _fail(code: int, key: str) -> int:
    from scripts_ja.texts import t

    sys.stderr.write(t(key) + "\n")
    return code
