"""``desks.toml`` of a department: the public keys of its desks, and whether cases are sealed.

Whoever may write that file says whom every desk trusts; so it lies in the shared folder, which
agents can only read (docs/DEPARTMENT.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct

from app.seal_rules import SealRules
from handoff.desk_keys import PublicKey, read_public
from handoff.sealing import MOST_RECEIVERS
from scripts_ja.flow_problem import FlowProblem, shown
from scripts_ja.texts import t
from scripts_ja.toml_file import TomlFile, read_toml


class _Desk(Struct, frozen=True, forbid_unknown_fields=True):
    name: Annotated[str, Meta(min_length=1, max_length=80)]
    key: Annotated[str, Meta(max_length=400)]
    receives: bool = True


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    sealed: bool = False
    desk: Annotated[tuple[_Desk, ...], Meta(max_length=MOST_RECEIVERS)] = ()


def read_desks(
    path: Path, content: bytes, is_good: Callable[[PublicKey], bool] = lambda _: True
) -> SealRules | tuple[FlowProblem, ...]:
    """The desks, or what is wrong: with one bad key the whole file does not count.

    ``is_good`` is asked what only libsodium knows of a key, where the file is a new one.
    """
    file = read_toml(path, content)
    if isinstance(file, FlowProblem):
        return (file,)
    listed = file.converted(_File)
    if isinstance(listed, FlowProblem):
        return (listed,)
    keys = tuple(read_public(desk.key) for desk in listed.desk)
    found = tuple(_problems(file, listed, keys, is_good))
    if found:
        return found
    good = tuple(key for key in keys if key is not None)
    receivers = (key for key, desk in zip(good, listed.desk, strict=True) if desk.receives)
    return SealRules(listed.sealed, good, tuple(receivers))


def _problems(
    file: TomlFile,
    listed: _File,
    keys: tuple[PublicKey | None, ...],
    is_good: Callable[[PublicKey], bool],
) -> Iterator[FlowProblem]:
    times = Counter(keys)
    for place, (desk, key) in enumerate(zip(listed.desk, keys, strict=True)):
        if key is None:
            wrong = "bad_key"
        elif times[key] > 1:
            wrong = "key_twice"
        else:
            wrong = "" if is_good(key) else "unsound_key"
        if wrong:
            yield file.problem(
                ("desk", place, "key"), t(f"department.{wrong}", name=shown(desk.name))
            )
    if listed.sealed and not any(desk.receives for desk in listed.desk):
        yield file.problem(("sealed",), t("department.no_receiver"))
