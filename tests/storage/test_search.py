"""Searching finds what a plain scan of the same texts finds, and follows the notes as they stand."""

from __future__ import annotations

import random
import sqlite3
import unicodedata
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from call.events import (
    CallStarted,
    CaseJoined,
    CaseOpened,
    Direction,
    EventUndone,
    FieldFilled,
    NoteEdited,
    NoteRemoved,
    NoteTaken,
)
from scripts_ja.model import NoteKind
from storage import reading, search, search_docs, search_family, search_index, search_text
from storage.archive import Archive
from storage.batch import Batch
from storage.connection import connect_reader, connect_writer
from storage.journal_file import JournalFile
from storage.search_days import marks_of_period
from storage.search_terms import Terms, day_marks, document, expression, term_of
from storage.search_text import Span, places, searchable
from storage.search_wanted import Shelf, Wanted
from storage.troubles import INTERRUPTED, StorageError

WAIT = 30.0

# Few characters, so that words meet: variants, widths, kana of both kinds, digits, hyphens, marks.
LETTERS = (
    '返金髙高﨑崎ガｶﾞがﾞゝーｰっッAaＡ1２3034-－‐() 　\n、。_+"゙\U000e0100\ue000é\u0301각ᅡ𠮷吉ßㇱ㌔'
)
texts = st.text(st.one_of(st.sampled_from(LETTERS), st.characters(codec="utf-8")), max_size=40)
short = st.text(st.sampled_from(LETTERS), max_size=30)
groups = st.tuples(st.sampled_from(["03", "1234", "a返"]), st.sampled_from("-(（)）ー"))
numbers = st.lists(groups.map("".join), max_size=8).map("".join)


# -- texts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("髙橋", "高橋"),
        ("山﨑", "山崎"),
        ("渡邉 渡邊", "渡辺 渡辺"),
        ("齋藤斎藤齊藤", "斉藤斉藤斉藤"),
        ("ﾍﾝｷﾝ", "へんきん"),
        ("ヘンキン", "ﾍﾝｷﾝ"),
        ("ＡＢＣ－１２３", "abc-123"),
        ("０３－１２３４―５６７８", "0312345678"),
        ("葛\U000e0100城", "葛城"),
        (
            "髙﨑邊邉齋齊澤濱廣冨島嶋嶌栁渊吳鶴靏船舩喜㐂橋𣘺神\ufa19",
            "高崎辺辺斎斉沢浜広富島島島柳渕呉鶴鶴船船喜喜橋橋神神",
        ),
        ("ｶﾞｷﾞｸﾞ ﾊﾟｰﾂ", "がぎぐ ぱーつ"),
        ("ｶ\u3099", "が"),
        ("キャノン ｼｮｳｼﾞ", "きやのん シヨウジ"),
        ("市ヶ谷", "市ケ谷"),
        ("０３ー１２３４ｰ５６７８", "03-1234-5678"),
        ("03−1234‐5678 03–1234—5678", "0312345678 0312345678"),
        ("03(1234)5678", "0312345678"),
        ("(03)1234-5678", "(0312345678"),
        ("ＮＰーＴＺ３００", "np-tz300"),
    ],
)
def test_what_only_looks_different_is_the_same(one, other):
    assert searchable(one) == searchable(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ビル", "ビール"),
        ("ガス", "カス"),
        ("10 20", "1020"),
        ("a-b", "ab"),
        ("5(2)", "52"),
        ("第1(2026年)", "第12026年)"),
    ],
)
def test_what_is_different_stays_so(one, other):
    assert searchable(one) != searchable(other)


@pytest.mark.parametrize(
    ("typed", "sought"),
    [
        ("(03", "03"),
        ("(03)1234-", "031234"),
        ("03（1234）5678", "0312345678"),
        ("0120ー1234ー", "01201234"),
        ("+81-90-1234-5678", "09012345678"),
        ("+81(0)90", "090"),
        ("4821-", "4821"),
        ("(2)", "(2)"),
        ("＋＋", "++"),
        ("\ud83d", "\ufffd"),
    ],
)
def test_a_number_is_sought_as_it_is_dialled(typed, sought):
    assert term_of(typed) == sought


@given(texts)
def test_piece_by_piece_is_the_same_as_the_whole(text):
    """Taking characters apart must not lose what NFKC would have joined."""
    whole = unicodedata.normalize("NFKC", text)
    apart = "".join(unicodedata.normalize("NFKC", piece) for piece in _pieces(text))
    assert apart == whole


def _pieces(text):
    from storage.search_text import _PIECE

    pieces = _PIECE.findall(text)
    assert "".join(pieces) == text
    return pieces


@given(st.one_of(texts, short, numbers))
def test_what_is_left_out_where_it_is_not_needed_changes_nothing(text):
    """Most texts have no marks between digits and no pieces: they are folded the short way."""
    folded = "".join(map(search_text._fold, search_text._PIECE.findall(text)))
    folded = search_text._LONG_AS_HYPHEN.sub(lambda marks: "-" * len(marks[0]), folded)
    assert searchable(text) == search_text._BETWEEN_DIGITS.sub("", folded)


@given(short, short)
def test_a_place_holds_the_term_and_every_term_has_a_place(text, word):
    term = term_of(word)
    found = places(text, [term])
    assert bool(found) == (bool(term) and term in searchable(text))
    assert list(found) == sorted(found)
    assert all(one.end < other.start for one, other in pairwise(found))
    for span in found:
        around = text[max(0, span.start - 1) : span.end + 1]
        assert term in searchable(text[span.start : span.end]) or term in searchable(around)


def test_places_are_those_of_the_text_as_typed():
    assert places("髙﨑様、ﾍﾟﾝ代の返金は０３－１２へ", ["高崎", "ぺん", "0312"]) == (
        Span(0, 2),
        Span(4, 7),
        Span(12, 17),
    )


# -- the index against a scan -----------------------------------------------------------------


NOON = "2026-04-01T12:00:00.000000+00:00"


def index_of(documents):
    """Each a text, or a pair of a note and the fields of its case."""
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE VIRTUAL TABLE f USING fts5 (t, content='', tokenize='ascii', prefix='1')"
    )
    rows = [
        (number, document(text, fields, "", NOON))
        for number, (text, fields) in enumerate(documents)
    ]
    connection.executemany("INSERT INTO f (rowid, t) VALUES (?, ?)", rows)
    return connection


def scan(documents, wanted, unwanted=()):
    """The plainest search there is, over the same searchable texts."""
    folded = [
        [searchable(one) for one in (text, *fields.split("\n"))] for text, fields in documents
    ]

    def is_in(term, texts):
        return any(term in text for text in texts)

    return {
        number
        for number, texts in enumerate(folded)
        if all(is_in(term, texts) for term in wanted)
        and not any(is_in(term, texts) for term in unwanted)
    }


def ask(documents, wanted, unwanted=()):
    with closing(index_of(documents)) as index:
        match = expression(Terms(tuple(wanted), tuple(unwanted)))
        return {row for (row,) in index.execute("SELECT rowid FROM f WHERE f MATCH ?", (match,))}


def terms_in(words):
    return tuple(term for word in words for term in map(term_of, word.split()) if term)


@given(
    st.lists(st.tuples(short, short), max_size=8),
    st.lists(short, max_size=3),
    st.lists(short, max_size=2),
)
def test_the_index_finds_what_a_scan_finds(documents, words, unwanted):
    """Whatever was typed: letters, numbers, marks, none missed and none too many."""
    wanted, unwanted = terms_in(words), terms_in(unwanted)
    assert ask(documents, wanted, unwanted) == scan(documents, wanted, unwanted)


@given(st.lists(st.tuples(short, short), min_size=1, max_size=8), st.data())
def test_every_piece_of_a_text_is_found(documents, data):
    """Pieces that are there: words that are typed at random seldom are."""
    texts = [searchable(text) for pair in documents for text in pair]
    piece = data.draw(st.sampled_from(texts).flatmap(_pieces_of))
    if piece:
        found = ask(documents, (piece,))
        assert found == scan(documents, (piece,))


def test_a_piece_goes_over_no_end():
    """A mark is a token alone: what stands behind it must belong to the same text."""
    documents = [
        ("返、", "金"),
        ("返、金", ""),
        ("返、 金", ""),
        ("", "返、\n金"),
        ("返、\n金", ""),
    ]
    assert ask(documents, ("返、金",)) == ask(documents, ("、金",)) == {1}


def _pieces_of(text):
    ends = st.tuples(st.integers(0, len(text)), st.integers(1, 8))
    return ends.map(lambda end: text[end[0] : end[0] + end[1]])


@given(st.text("012", max_size=9), st.text("012", min_size=1, max_size=6))
def test_every_piece_of_a_number_is_found(number, sought):
    documents = [(f"返{number}月", ""), (f"{number}、", ""), ("", number), (f"K{number}", "")]
    assert ask(documents, (sought,)) == scan(documents, (sought,))
    assert ask(documents, ("返" + sought,)) == scan(documents, ("返" + sought,))


@pytest.mark.parametrize(
    ("first", "last", "marks"),
    [
        ("2026-04-01", "2026-04-01", "d20260401"),
        ("2026-03-30", "2026-05-02", "d20260330 d20260331 m202604 d20260501 d20260502"),
        ("2024-12-31", "2026-01-31", "d20241231 y2025 m202601"),
        ("2026-04-02", "2026-04-01", ""),
    ],
)
def test_a_period_has_as_few_marks_as_can_be(first, last, marks):
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE search_docs (at TEXT)")
        assert marks_of_period(connection, None, None) == ()
        ends = [("2020-01-01T00",), ("2030-12-31T00",)]
        connection.executemany("INSERT INTO search_docs VALUES (?)", ends)
        since = datetime.fromisoformat(first).replace(tzinfo=UTC)
        until = datetime.fromisoformat(last).replace(tzinfo=UTC)
        found = marks_of_period(connection, since, until)
    assert [mark[1:] for mark in found] == marks.split()


@given(st.dates(), st.dates(), st.dates())
def test_a_day_of_a_period_has_one_of_its_marks(first, last, day):
    from storage.search_days import _marks

    with_one = [mark for mark in day_marks(day.isoformat()) if mark in set(_marks(first, last))]
    assert len(with_one) == (first <= day <= last)


# -- a journal --------------------------------------------------------------------------------


def note(desk, note_id, text, kind=NoteKind.MEMO, **fields):
    at = desk.event().at
    return desk.event(NoteTaken(note_id, kind, text, at), **fields)


@pytest.fixture
def keep(open_journal, desk):
    """Writes events of a case with its line, as the session does, and waits for the disk."""
    journal, recorder = open_journal()
    recorder.wait_for("opened")

    def write(*events, case_id="case-1", **line):
        journal.append(events, [desk.summary(case_id, **line)])
        assert journal.flush(WAIT)

    return write


@pytest.fixture
def found(path):
    def look(*words, **wanted):
        with Archive(path) as archive:
            return [each.text for each in archive.find(Wanted(words, **wanted), 50).found]

    return look


def opened(desk, case_id="case-1", case_no="K7Q2-1"):
    return desk.event(CaseOpened(case_no), case_id, call_id=None)


def test_one_character_and_more_are_found_and_shown(keep, found, desk, path):
    keep(opened(desk), note(desk, "n1", "返金してほしいと仰せ"), note(desk, "n2", "お詫びした"))
    for word in ("返", "返金", "ヘ", "仰せ", "金してほしい"):
        assert found(word) == (["返金してほしいと仰せ"] if word != "ヘ" else [])
    with Archive(path) as archive:
        (hit,) = archive.find(Wanted(("返金", "仰")), 5).found
    assert hit.places == (Span(0, 2), Span(8, 9))
    assert hit.kind == "memo"


def test_a_note_is_found_as_it_stands(keep, found, desk):
    taken = note(desk, "n1", "返金の希望")
    keep(opened(desk), taken)
    edited = desk.event(NoteEdited("n1", NoteKind.REQUEST, "交換の希望", None))
    keep(edited)
    assert (found("返金"), found("交換")) == ([], ["交換の希望"])
    keep(desk.event(EventUndone(edited.id)))
    assert (found("返金"), found("交換")) == (["返金の希望"], [])
    removed = desk.event(NoteRemoved("n1"))
    keep(removed)
    assert found("返金") == []
    keep(desk.event(EventUndone(removed.id)))
    assert found("返金") == ["返金の希望"]
    keep(desk.event(EventUndone(taken.id)))
    assert found("返金") == []


def test_a_joined_call_is_found_in_its_case_until_the_join_is_taken_back(keep, path, desk):
    keep(opened(desk), note(desk, "n1", "一回目の話"))
    keep(opened(desk, "case-2", "K7Q2-2"), case_id="case-2")
    keep(note(desk, "n2", "二回目の話", case_id="case-2"), case_id="case-2")
    join = desk.event(CaseJoined("case-1"), "case-2")
    keep(join, case_id="case-2", joined_to="case-1", status="joined")

    def cases(word):
        with Archive(path) as archive:
            return [each.case.case_id for each in archive.find(Wanted((word,)), 9).found]

    assert cases("二回目") == cases("K7Q2-2") == ["case-1"]
    keep(desk.event(EventUndone(join.id), "case-2"), case_id="case-2")
    assert cases("二回目") == cases("K7Q2-2") == ["case-2"]
    assert cases("一回目") == ["case-1"]


def test_a_case_is_found_by_its_fields(keep, path, desk):
    keep(
        opened(desk),
        desk.event(CallStarted(Direction.INCOMING, "03-1234-5678")),
        desk.event(FieldFilled("customer", "髙﨑　花子")),
        desk.event(FieldFilled("reading", "タカサキ ハナコ")),
        desk.event(FieldFilled("product", "食洗機")),
        desk.event(FieldFilled("issue", "水もれ")),
        desk.event(FieldFilled("company_no", "ＴＫ－００１２")),
    )
    words = ("高崎", "たかさき", "ﾀｶｻｷ", "食洗", "1234", "０３１２３４", "03-1234-", "k7q2")
    words += (
        "高﨑花",
        "花子",
        "髙崎",
        "タカサキハナ",
        "（０３）1234",
        "03ー1234",
        "水もれ",
        "tk-00",
    )
    with Archive(path) as archive:
        for word in words:
            assert [each.case.case_id for each in archive.find(Wanted((word,)), 9).found] == [
                "case-1"
            ], word
        assert archive.find(Wanted(("高崎さ",)), 9).found == ()


def test_the_note_that_has_the_word_is_shown_though_a_field_has_it_too(keep, path, desk):
    keep(
        opened(desk),
        desk.event(FieldFilled("customer", "髙橋")),
        note(desk, "n1", "返金してほしい"),
        note(desk, "n2", "返金は本日、交換は無い", NoteKind.REQUEST),
        note(desk, "n3", "返金と交換"),
        note(desk, "n4", "お待たせした"),
        desk.event(FieldFilled("issue", "返金してほしい")),
    )

    def shown(*words, **wanted):
        with Archive(path) as archive:
            (hit,) = archive.find(Wanted(words, **wanted), 5).found
        return hit.text, [hit.text[span.start : span.end] for span in hit.places]

    assert shown("返金") == ("返金と交換", ["返金"])
    assert shown("返金", "高橋") == ("返金と交換", ["返金"])
    assert shown("返金", kinds=("request",)) == ("返金は本日、交換は無い", ["返金"])
    with Archive(path) as archive:  # never one that is not sought
        (hit,) = archive.find(Wanted(("返金して",), kinds=("request",)), 5).found
    assert (hit.kind, hit.text) == ("", "返金してほしい")


def test_words_to_leave_out_kinds_and_periods(keep, found, desk):
    keep(opened(desk), note(desk, "n1", "返金の希望", NoteKind.REQUEST))
    keep(opened(desk, "case-2", "2"), case_id="case-2")
    late = note(desk, "n2", "返金しない。約束", NoteKind.PROMISE, case_id="case-2")
    keep(late, case_id="case-2")
    both = ["返金しない。約束", "返金の希望"]
    assert found("返金") == both
    assert found("返金", unwanted=("約",)) == ["返金の希望"]
    assert found("返金", unwanted=("い。約",)) == ["返金の希望"]
    assert found(unwanted=("約束", "希望")) == ["", ""]
    assert found("返金", kinds=("promise",)) == ["返金しない。約束"]
    assert found(kinds=("promise", "request")) == both
    begun = late.body.begun_at.wall
    assert found("返金", since=begun) == ["返金しない。約束"]
    assert found("返金", until=begun) == ["返金の希望"]
    assert found("返金", since=begun + timedelta(seconds=1)) == []
    assert found("い。約") == ["返金しない。約束"]
    assert found("い、約") == []
    assert found("。") == ["返金しない。約束"]


def test_shelves(keep, path, desk, due_in):
    for number, line in enumerate(
        ({}, {"dues": (due_in("d", 60),)}, {"dues": (due_in("e", 5),)}, {"status": "done"}), 1
    ):
        case_id = f"case-{number}"
        keep(opened(desk, case_id, str(number)), case_id=case_id, **line)
        keep(note(desk, f"n{number}", "返金", case_id=case_id), case_id=case_id, **line)
    expected = {
        Shelf.ALL: ("4321", "4321"),
        Shelf.OPEN: ("321", "321"),
        Shelf.DUE: ("32", "32"),
        Shelf.CLOSED: ("4", "4"),
    }
    with Archive(path) as archive:
        for which, (sought, shown) in expected.items():
            hits = archive.find(Wanted(("返金",), shelf=which), 9).found
            assert "".join(each.case.case_id[-1] for each in hits) == sought
            hits = archive.find(Wanted(shelf=which), 9).found
            assert "".join(each.case.case_id[-1] for each in hits) == shown, which
        assert archive.find(Wanted(("返金",)), 3).has_more
        assert not archive.find(Wanted(("返金",)), 4).has_more


def test_what_was_answered_comes_with_the_case(keep, path, desk):
    keep(
        opened(desk),
        note(desk, "n1", "交換でご案内", NoteKind.ANSWERED),
        note(desk, "n2", "返金でご案内", NoteKind.ANSWERED),
        note(desk, "n3", "ご納得", NoteKind.MEMO),
    )
    with Archive(path) as archive:
        assert archive.find(Wanted(("納得",)), 9).found[0].answered == "返金でご案内"


# -- the whole corpus -------------------------------------------------------------------------


def docs_in(path):
    with closing(connect_reader(path)) as reader:
        return reader.execute("SELECT * FROM search_docs ORDER BY id").fetchall()


def make_corpus(keep, desk, rng):
    words = [
        "返金",
        "髙橋",
        "山﨑",
        "交換",
        "03-1234-5678",
        "ＡＢ－１",
        "ﾈｼﾞ",
        "、",
        " ",
        "お詫び",
        "4821",
    ]
    for number in range(30):
        case_id = f"case-{number}"
        events = [opened(desk, case_id, f"N-{number}")]
        for at in range(rng.randrange(5)):
            text = "".join(rng.choices(words, k=rng.randrange(1, 9)))
            kind = rng.choice(list(NoteKind))
            events.append(_some_day(rng, note(desk, f"{number}/{at}", text, kind, case_id=case_id)))
        events.append(desk.event(FieldFilled("customer", rng.choice(words)), case_id))
        if len(events) > 3 and rng.random() < 0.5:
            events.append(desk.event(NoteRemoved(f"{number}/0"), case_id))
        keep(*events, case_id=case_id, status=rng.choice(("open", "done")))


def _some_day(rng, event):
    """As told by another desk, or by a clock that was wrong: days are in no order."""
    begun_at = event.body.begun_at
    wall = begun_at.wall + timedelta(days=rng.randrange(-400, 400), hours=rng.randrange(24))
    body = structs.replace(event.body, begun_at=structs.replace(begun_at, wall=wall))
    return structs.replace(event, body=body)


def test_no_false_hit_and_none_missed(keep, path, desk):
    rng = random.Random(7)
    make_corpus(keep, desk, rng)
    docs = [search_family.Doc(*row) for row in docs_in(path)]
    assert len(docs) > 60
    hits = 0
    with Archive(path) as archive:
        for _ in range(400):
            wanted = _any_wanted(rng, docs)
            expected = [doc for doc in reversed(docs) if _is_sought(doc, wanted)]
            for got in archive._read(lambda c, wanted=wanted: _all_ways(c, wanted, docs)):
                assert got == expected, wanted
            hits += len(expected)
    assert hits > 1000


def test_of_each_case_the_note_is_shown_that_a_scan_says(keep, path, desk):
    """The latest of those with most of the words, and of those only that are sought."""
    rng = random.Random(11)
    words = ["返金", "髙橋", "交換", "お詫び"]
    for number in range(12):
        case_id = f"case-{number}"
        texts = ["".join(rng.choices(words, k=rng.randrange(3))) for _ in range(6)]
        notes = [
            note(desk, f"{number}/{at}", text, rng.choice(list(NoteKind)[:2]), case_id=case_id)
            for at, text in enumerate(texts)
        ]
        fields = FieldFilled("issue", rng.choice(words)), FieldFilled("product", "返金と交換")
        customer = rng.choice(words)
        keep(
            opened(desk, case_id, f"N-{number}"),
            *notes,
            *(desk.event(field, case_id) for field in (*fields, FieldFilled("customer", customer))),
            case_id=case_id,
            customer=customer,
        )
    docs = [search_family.Doc(*row) for row in docs_in(path)]
    earlier_ones = 0
    with Archive(path) as archive:
        for _ in range(100):
            kinds = rng.choice([(), (NoteKind.MEMO,), tuple(NoteKind)[:1]])
            wanted = Wanted(tuple(rng.sample(words, rng.randrange(1, 4))), kinds=kinds)
            for hit in archive.find(wanted, 99).found:
                sought = [doc for doc in reversed(docs) if _is_sought(doc, wanted)]
                of_case = [doc for doc in sought if doc.case_id == hit.case.case_id]
                best = max(of_case, key=lambda doc: _words_in(doc, hit, wanted))  # the first of
                assert hit.at == datetime.fromisoformat(best.at), wanted
                assert hit.text in (best.body, *best.fields.split("\n"))
                earlier_ones += best is not of_case[0]
    assert earlier_ones > 100


def _words_in(doc, hit, wanted):
    shown = searchable(hit.case.customer), searchable(hit.case.case_no)
    terms = {term_of(word) for word in wanted.words} - {""}
    text = searchable(doc.body)
    return sum(term in text for term in terms if not any(term in name for name in shown))


def _any_wanted(rng, docs):
    pieces = [piece for doc in docs for piece in (doc.body, *doc.fields.split("\n")) if piece]
    days = [rng.choice(docs).at for _ in range(2)] if rng.random() < 0.3 else [None, None]
    since, until = (day and datetime.fromisoformat(day) for day in days)
    return Wanted(
        tuple(_cut(rng, rng.choice(pieces)) for _ in range(rng.randrange(3))),
        (_cut(rng, rng.choice(pieces)),) if rng.random() < 0.3 else (),
        tuple(rng.sample(list(NoteKind), 3)) if rng.random() < 0.3 else (),
        since,
        until if rng.random() < 0.7 else None,
    )


def _all_ways(connection, wanted, docs):
    """What the index finds, among all and among these, and what reading one by one finds."""
    ids = [doc.id for doc in docs]
    yield list(search_docs.by_index(connection, wanted))
    yield list(search_docs.by_index(connection, wanted, ids))
    yield list(search_docs.one_by_one(connection, wanted, ids))


def _cut(rng, text):
    start = rng.randrange(len(text))
    return text[start : start + rng.randrange(1, 6)]


def _is_sought(doc, wanted):
    folded = [searchable(text) for text in (doc.body, *doc.fields.split("\n"))]
    at = datetime.fromisoformat(doc.at)

    def there(word):
        return any(term_of(word) in text for text in folded)

    return (
        all(map(there, wanted.words))
        and not any(term_of(word) and there(word) for word in wanted.unwanted)
        and (not wanted.kinds or doc.kind in wanted.kinds)
        and (wanted.since is None or wanted.since <= at)
        and (wanted.until is None or at < wanted.until)
    )


@pytest.mark.parametrize("few", [0, 10_000])
@pytest.mark.parametrize("shelf", [Shelf.OPEN, Shelf.DUE, Shelf.CLOSED])
def test_a_shelf_is_searched_the_same_both_ways(keep, path, desk, due_in, monkeypatch, few, shelf):
    monkeypatch.setattr(search_docs, "_FEW", few)
    make_corpus(keep, desk, random.Random(5))
    keep(case_id="case-3", status="open", dues=(due_in("d", 5),))
    keep(case_id="case-4", status="open", dues=(due_in("d", 5),))
    with Archive(path) as archive:
        on_shelf = {each.case.case_id for each in archive.find(Wanted(shelf=shelf), 99).found}
        for word in ("返金", "高橋", "返", "48", "、", "ねじ"):
            found = archive.find(Wanted((word,), shelf=shelf), 99).found
            everywhere = archive.find(Wanted((word,)), 99).found
            assert found == tuple(each for each in everywhere if each.case.case_id in on_shelf)
            assert found or shelf is Shelf.DUE


def test_an_index_made_anew_is_the_same(keep, path, desk, open_journal):
    make_corpus(keep, desk, random.Random(3))
    before = docs_in(path)
    open_journal.close_all()
    with closing(connect_writer(path)) as writer:
        writer.execute("UPDATE app_state SET value = 'ready:0' WHERE key = 'search_index'")
        writer.execute("DELETE FROM search_docs WHERE id % 2")
    with Archive(path) as archive:
        assert not archive.find(Wanted(("返金",)), 1).is_whole
    journal, recorder = open_journal()
    recorder.wait_for("opened")
    while not _is_whole(path):
        assert journal.flush(WAIT)
    assert docs_in(path) == before
    with closing(connect_writer(path)) as writer:
        writer.execute("INSERT INTO search_tokens (search_tokens) VALUES ('integrity-check')")
    with Archive(path) as archive:
        assert archive.find(Wanted(("返金",)), 1).is_whole


def _is_whole(path):
    with closing(connect_reader(path)) as reader:
        return search_index.is_whole(reader)


class _LongCall:
    """Any steps of two cases, each in a commit of its own."""

    def __init__(self, keep, desk, rng):
        self.keep, self.desk, self.rng = keep, desk, rng
        self.events = {"case-1": [opened(desk)], "case-2": [opened(desk, "case-2", "K7Q2-2")]}
        for case_id, (first,) in self.events.items():
            keep(first, case_id=case_id)
        self.line = {}

    def step(self):
        case_id = self.rng.choice(list(self.events))
        kept = self.events[case_id]
        event = getattr(self, f"_{self.rng.choice(self.KINDS)}")(case_id, kept)
        line = self.line if case_id == "case-2" else {}
        self.keep(event, case_id=case_id, **line)
        kept.append(event)

    KINDS = ("note", "note", "note", "edit", "remove", "undo", "field", "call", "join")

    def _note(self, case_id, kept, text="返金の話"):
        number = self.rng.randrange(40)
        kind = self.rng.choice(list(NoteKind))
        return note(self.desk, f"{case_id}/{number}", f"{text}{number}", kind, case_id=case_id)

    def _edit(self, case_id, kept):
        number = self.rng.randrange(40)
        body = NoteEdited(f"{case_id}/{number}", NoteKind.REQUEST, f"交換{number}", None)
        return self.desk.event(body, case_id)

    def _remove(self, case_id, kept):
        return self.desk.event(NoteRemoved(f"{case_id}/{self.rng.randrange(40)}"), case_id)

    def _undo(self, case_id, kept):
        return self.desk.event(EventUndone(self.rng.choice(kept).id), case_id)

    def _field(self, case_id, kept):
        name = self.rng.choice(("customer", "product", "amount"))
        return self.desk.event(FieldFilled(name, self.rng.choice("髙橋山﨑鈴木")), case_id)

    def _call(self, case_id, kept):
        number = f"03-1234-{self.rng.randrange(9)}"
        return self.desk.event(CallStarted(Direction.INCOMING, number), case_id)

    def _join(self, case_id, kept):
        if case_id == "case-1":
            return self._note(case_id, kept)
        self.line = {} if self.line else {"joined_to": "case-1", "status": "joined"}
        return self.desk.event(CaseJoined("case-1"), case_id)


@pytest.mark.parametrize("seed", range(6))
def test_going_on_says_what_folding_anew_says(keep, path, desk, seed):
    rng = random.Random(seed)
    call = _LongCall(keep, desk, rng)
    for _ in range(60):
        call.step()
        with closing(connect_reader(path)) as reader:
            heads = ["case-1"] if call.line else ["case-1", "case-2"]
            anew = [
                d for head in heads for d in search_family.Family.of(reader, head).docs.values()
            ]
        assert docs_in(path) == sorted(map(tuple, anew))
    with closing(connect_writer(path)) as writer:
        writer.execute("INSERT INTO search_tokens (search_tokens) VALUES ('integrity-check')")


def test_the_next_event_of_a_long_call_is_all_that_is_read(keep, found, desk, monkeypatch):
    """Else ten thousand events would be read ten thousand times."""
    keep(opened(desk), *(note(desk, f"n{number}", "返金") for number in range(50)))
    read = []
    envelope_of = reading.envelope_of
    monkeypatch.setattr(reading, "envelope_of", lambda row: read.append(row) or envelope_of(row))
    written = []
    document = search_index.document
    monkeypatch.setattr(search_index, "document", lambda *of: written.append(of) or document(*of))
    for number in range(50, 53):
        keep(note(desk, f"n{number}", "返金"))
    keep(desk.event(NoteEdited("n7", NoteKind.REQUEST, "交換の希望", None)))
    assert len(read) == 4
    assert len(written) == 5
    assert found("交換") == ["交換の希望"]


def test_what_another_process_wrote_is_not_overlooked(keep, path, desk):
    keep(opened(desk), note(desk, "n1", "返金"))
    with closing(connect_writer(path)) as writer:
        writer.execute("DELETE FROM search_docs WHERE kind <> ''")
    keep(note(desk, "n2", "交換"))
    assert [row[4] for row in docs_in(path)] == ["", "返金", "交換"]


def test_a_commit_that_failed_is_folded_again(path, desk, monkeypatch):
    file = JournalFile(path, 2.0, lambda: datetime.now(UTC), lambda _: None)
    while file.index_some():
        pass

    def write(*events):
        file.write(Batch.of_append(events, [desk.summary()], (), 0.0))

    write(opened(desk), note(desk, "n1", "返金"))
    second = note(desk, "n2", "交換")
    follow = search_index.SearchIndex.follow

    def follow_and_fail(self, *args):
        follow(self, *args)
        raise sqlite3.OperationalError("no space")

    with monkeypatch.context() as patch:
        patch.setattr(search_index.SearchIndex, "follow", follow_and_fail)
        with pytest.raises(StorageError):
            write(second)
    write(second)
    assert [row[4] for row in docs_in(path)] == ["", "返金", "交換"]
    file.close()


@pytest.mark.expects_log
def test_a_case_that_cannot_be_indexed_is_written_all_the_same(
    keep, desk, open_journal, monkeypatch, caplog
):
    def fail(*_):
        raise ValueError("a mistake of ours")

    monkeypatch.setattr(search_family, "_fields_of", fail)
    event = note(desk, "n1", "返金")
    keep(event)
    assert open_journal.events() == (event,)
    assert "cannot be searched" in caplog.text


def test_a_search_can_be_interrupted(keep, path, desk, monkeypatch):
    keep(opened(desk), note(desk, "n1", "返金"))
    with Archive(path) as archive:
        monkeypatch.setattr(search, "is_whole", lambda c: c.execute(_ENDLESS).fetchone())
        archive._connection.set_progress_handler(lambda: archive.interrupt(), 1000)
        with pytest.raises(StorageError) as error:
            archive.find(Wanted(("返金",)), 1)
    assert error.value.kind == INTERRUPTED


_ENDLESS = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
