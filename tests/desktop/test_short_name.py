"""The short name of a data folder."""

import re
from pathlib import Path

from desktop.short_name import short_name


def test_it_is_the_same_at_every_start_and_in_every_version():
    assert short_name("/home/tanaka/.local/share/yorisoi") == "ce791ff1cb6b0c5f"
    assert short_name(Path("/a")) == short_name("/a")


def test_folders_have_names_of_their_own():
    folders = [f"/srv/desk-{number}/records" for number in range(2000)]
    names = {short_name(folder) for folder in folders}
    assert len(names) == len(folders)
    assert all(re.fullmatch("[0-9a-f]{16}", name) for name in names)
