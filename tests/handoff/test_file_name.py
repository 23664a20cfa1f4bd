"""File names that every system takes."""

import unicodedata
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from call import commands as c
from handoff.file_name import paper_file_name, safe_name
from handoff.layout import handoff_document

AT = datetime(2026, 11, 21, 10, 20, 5)
RESERVED = {"con", "prn", "aux", "nul", "clock$", "conin$", "conout$"} | {
    f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³"
}


@pytest.mark.rule("D7")
def test_case_number_first_and_no_customer(complete):
    complete.do(c.FillField("customer", "山田"))
    document = handoff_document(complete.note())
    assert paper_file_name(document, AT, "pdf") == "A1-0001_引き継ぎ票_20261121-102005.pdf"


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ('a/b\\c:d*e?f"g<h>i|j', "a_b_c_d_e_f_g_h_i_j.txt"),
        ("../../etc/passwd", "_.._etc_passwd.txt"),
        ("-rf ~", "rf ~.txt"),
        ("名前. . ", "名前.txt"),
        ("a\u202egnp.exe", "agnp.exe.txt"),
        ("a\x00b\nc\td　e", "ab c d e.txt"),
        ("CON", "_CON.txt"),
        ("con.old", "_con.old.txt"),
        ("Com¹", "_Com¹.txt"),
        ("nul .x", "_nul .x.txt"),
        ("console", "console.txt"),
        ("", "noname.txt"),
        (" ... ", "noname.txt"),
        ("か\u3099", "が.txt"),
        ("／：", "／：.txt"),
        ("\ud83d", "noname.txt"),
    ],
)
def test_safe_name(stem, name):
    assert safe_name(stem, "txt") == name


@given(st.text(alphabet=st.characters(exclude_categories=())), st.sampled_from(["txt", "pdf"]))
def test_any_name_is_fit_for_every_system(stem, extension):
    name = safe_name(stem, extension)
    assert len(name.encode("utf-8")) <= 200
    assert len(name.encode("utf-16-le")) // 2 <= 80
    assert not set(name) & set('<>:"/\\|?*')
    assert not {unicodedata.category(char) for char in name} & {"Cc", "Cf", "Cs", "Co", "Cn"}
    assert name[0] not in ".-~ "
    assert name.partition(".")[0].rstrip().lower() not in RESERVED
    assert unicodedata.is_normalized("NFC", name)


def test_long_names_are_cut_at_whole_characters():
    assert safe_name("𠮷" * 100, "txt") == "𠮷" * 37 + ".txt"
    assert len(safe_name("漢" * 100, "txt").encode()) <= 200
