"""Card numbers and codes are never written; telephone, slip and other numbers are."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from call.check_digits import is_my_number
from call.screening import MASK, looks_like_card, screen_draft, screen_final, sound

CARDS = ["4111111111111111", "378282246310005", "30569309025904", "6212345678900000003"]
WIDE = str.maketrans(string.digits, "０１２３４５６７８９")
SEPARATORS = [
    "",
    " ",
    "　",
    "-",
    "－",
    "‐",
    "–",
    "—",
    "―",
    "−",
    "ー",
    "ｰ",
    "─",
    "・",
    "･",
    ".",
    "．",
]
SEPARATORS += ["_", "\n", " - ", "\u200b", "\u00a0", "~", "～"]


def bare(text):
    return "".join(char for char in text if char.isdigit())


def in_fours(card, separator):
    return separator.join(card[place : place + 4] for place in range(0, len(card), 4))


def luhn_complete(digits):
    """These digits and the check digit that makes them pass."""
    doubled = [int(d) * 2 if place % 2 == 0 else int(d) for place, d in enumerate(digits[::-1])]
    total = sum(value // 10 + value % 10 for value in doubled)
    return digits + str(-total % 10)


# -- cards ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("card", CARDS)
@pytest.mark.rule("D5")
def test_a_card_is_masked_but_for_its_last_four(card, separator):
    for written in (in_fours(card, separator), in_fours(card, separator).translate(WIDE)):
        found = screen_final(f"カードは{written}です")
        assert found.withheld == (card,)
        assert len(found.text) == len(f"カードは{written}です")
        assert found.text.count(MASK) == len(card) - 4
        assert found.text.endswith("です")
        assert bare(screen_draft(f"カードは{written}です").text) == ""


@pytest.mark.parametrize("separator", ["/", "，", "、", ", ", "／", ":", " / "])
def test_groups_of_four_are_a_card_whatever_parts_them(separator):
    written = in_fours(CARDS[0], separator)
    assert screen_final(written).withheld == (CARDS[0],)
    assert screen_draft(written[:-2]).withheld == (CARDS[0][:-2],)


@pytest.mark.parametrize(
    "text",
    [
        "3782 822463 10005",
        "3056-930902-5904",
        "カード4111111111111111有効期限12/28",
        "2枚目 4111 1111 1111 1111 2028年",
        "03-1234-5678 4111 1111 1111 1111",
        "4111 1111 1111 1111 03-1234-5678",
        "4111 1111 1111 1111・5555 5555 5555 4444",
        "④①①① 1111 1111 1111",
        "٤١١١111111111111",
        "41111111 11111111",
    ],
)
def test_a_card_among_other_numbers(text):
    found = screen_final(text)
    assert found.withheld
    assert not any(looks_like_card(bare(part)) for part in found.text.split(MASK))
    assert "4111" not in found.text


def test_a_telephone_number_beside_a_card_stays():
    assert screen_final("03-1234-5678 4111111111111111").text.startswith("03-1234-5678 ＊")
    assert screen_final("4111111111111111 090-1234-5678").text.endswith("090-1234-5678")


def test_odd_blanks_do_not_make_a_telephone_number_of_a_card():
    card = luhn_complete("3720123456789")
    written = f"{card[:3]} {card[3:]}"
    assert screen_final(written[4:]).text == screen_draft(written[4:]).text == card[3:]
    assert screen_final(written).withheld == (card,)
    for end in range(len(written)):
        assert len(bare(screen_draft(written[:end]).text)) <= 9


@pytest.mark.parametrize(
    "text",
    [
        "090-1234-5678",
        "０９０ー１２３４ー５６７８",
        "03-1234-5678 090-1234-5678",
        "03-1234-5678・0120-123-456",
        "09012345678\n0312345678",
        "090 1234 5678",
        "0312345678 2026-11-21",
        "0120-123-456、0570-012-345",
    ],
)
def test_telephone_numbers_are_written_while_they_are_typed(text):
    assert screen_final(text).text == text
    assert screen_draft(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026年11月21日 10:30",
        "2026-11-21に水漏れ",
        "12,800円を3回、計38,400円",
        "型番 HB-1234567",
        "東京都千代田区1-2-3 〒100-0001",
        "1 2 3 4 5 6 7 8 9",
        "👨‍👩‍👧 <b>太字</b> ﾊﾝｶｸ",
    ],
)
def test_other_numbers_stay_as_they_are(text):
    assert screen_final(text) == screen_draft(text)
    assert screen_final(text).text == text


@pytest.mark.parametrize("number", ["1234567890123", "2026-11-21 10"])
def test_a_long_number_that_is_no_card_waits_only_while_it_is_typed(number):
    assert screen_final(number).text == number
    assert bare(screen_draft(number).text) == ""


@pytest.mark.parametrize(
    "written", ["4111111111111111", "4111-1111-1111-1111", "４１１１ １１１１11111111"]
)
def test_a_slip_number_that_passes_luhn_stays_once_allowed(written):
    text = f"伝票番号は {written} です、2個口"
    assert screen_final(text).withheld == ("4111111111111111",)
    for screen in (screen_final, screen_draft):
        assert screen(text, ["4111111111111111"]).text == text


@pytest.mark.parametrize("allowed", ["1111", "41111111", "5555555555554444", ""])
def test_another_allowed_number_opens_no_gap(allowed):
    assert screen_final("4111 1111 1111 1111", [allowed]).withheld == ("4111111111111111",)
    assert bare(screen_draft("4111 1111 1111 1111", [allowed]).text) == ""


def test_repeated_digits_are_no_card():
    assert screen_final("0000 0000 0000 0000").withheld == ()


# -- codes ----------------------------------------------------------------------------------------

CODE_WORDS = [
    "セキュリティコード",
    "セキュリティーコード",
    "セキュリティ・コード",
    "暗証番号",
    "暗証コード",
]
CODE_WORDS += [
    "ｾｷｭﾘﾃｨｺｰﾄﾞ",
    "ｾｷｭﾘﾃｨｰｺｰﾄﾞ",
    "ﾋﾟﾝｺｰﾄﾞ",
    "パスコード",
    "PIN",
    "ＰＩＮ",
    "cvv",
    "CVV2",
    "ＣＶＣ",
]
CODE_WORDS += ["Security Code", "セキュリティ番号", "暗証"]


@pytest.mark.parametrize("word", CODE_WORDS)
@pytest.mark.parametrize(
    "between", ["は", "：", " ", "は、", "は「", "(裏面3桁)は", "を3回間違えて"]
)
@pytest.mark.parametrize("code", ["123", "1234", "１２３４", "12-34", "1 2 3 4", "12345678"])
@pytest.mark.rule("D5")
def test_a_code_after_its_word(word, between, code):
    text = f"お客様の{word}{between}{code}とのこと"
    found = screen_final(text)
    assert found.withheld == (
        bare(code).translate(
            {ord(w): a for a, w in zip(string.digits, "０１２３４５６７８９", strict=True)}
        ),
    )
    assert code not in found.text
    assert code not in screen_draft(text).text


@pytest.mark.parametrize(
    "text", ["1234が暗証番号", "「1234」という暗証番号", "１２３（CVV）", "1-2-3-4 は PINコード"]
)
def test_a_code_before_its_word(text):
    assert bare(screen_final(text).text) == ""
    assert bare(screen_draft(text).text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "暗証番号を3回",
        "暗証番号を3回間違えた",
        "暗証番号の変更は100回まで",
        "セキュリティコードは3桁",
        "2026年に暗証番号を変更",
        "暗証番号の再発行は1100円",
        "暗証番号は不明、090-1234-5678",
        "090-1234-5678 暗証番号は聞かない",
        "Shopping 1234",
        "pineapple 123",
    ],
)
def test_counts_years_prices_and_telephones_are_no_codes(text):
    assert screen_final(text) == screen_final("").__class__(text, ())


def test_a_code_that_was_allowed_stays():
    assert screen_final("暗証番号1234", ["1234"]).text == "暗証番号1234"


def test_a_code_is_hidden_from_its_first_digit_while_it_is_typed():
    for length in range(1, 9):
        assert bare(screen_draft("暗証番号は" + "12345678"[:length]).text) == ""


# -- anything -------------------------------------------------------------------------------------

# What stands around a card: words, short numbers, telephone numbers, each apart from it.
NEIGHBOURS = [
    "",
    "カード",
    "2枚、",
    "12 ",
    "(",
    "03-1234-5678 ",
    "090-1234-5678、",
    "5,000円 ",
    "\n",
    "期限12/28 ",
]
AFTER = ["", "です", "、3回", " 12", ")", " 03-1234-5678", "、09012345678", " 2026", "\n1"]


@st.composite
def cards(draw):
    """The digits of a card and some way of writing them."""
    length = draw(st.integers(12, 18))
    head = draw(st.sampled_from("123456789"))
    card = luhn_complete(
        head + draw(st.text(string.digits, min_size=length - 1, max_size=length - 1))
    )
    gaps = draw(st.lists(st.sampled_from(SEPARATORS), min_size=len(card), max_size=len(card)))
    style = draw(st.sampled_from(["plain", "fours", "gaps"]))
    if style == "gaps":
        written = "".join(digit + gap for digit, gap in zip(card, gaps, strict=True)).rstrip()
    else:
        written = card if style == "plain" else in_fours(card, gaps[0])
    if draw(st.booleans()):
        written = written.translate(WIDE)
    return card, written


@given(cards(), st.sampled_from(NEIGHBOURS), st.sampled_from(AFTER))
@pytest.mark.rule("D5", "2.8")
def test_no_card_survives(card_and_written, before, after):
    card, written = card_and_written
    if len(set(card)) == 1:
        return
    text = before + written + after
    final = screen_final(text).text
    place = len(before)
    kept = bare(final[place : place + len(written)])
    assert card not in bare(final)
    # At most four of its own digits stay, and those are no more than its end.
    assert len(kept) <= 4
    assert bare(screen_draft(text).text[place : place + len(written)]) == ""


@given(cards(), st.sampled_from(NEIGHBOURS))
def test_a_card_typed_digit_by_digit_never_lets_ten_of_its_digits_through(card_and_written, before):
    _, written = card_and_written
    place = len(before)
    for end in range(1, len(written) + 1):
        assert len(bare(screen_draft(before + written[:end]).text[place:])) <= 9


@given(
    st.text(string.digits, min_size=10, max_size=40), st.sampled_from(SEPARATORS), st.integers(1, 9)
)
def test_a_draft_hides_every_long_run_that_is_no_telephone_number(digits, separator, size):
    written = separator.join(digits[i : i + size] for i in range(0, len(digits), size))
    if digits.startswith("0"):
        written = "1" + written
    assert bare(screen_draft(f"は{written}。").text) == ""


texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)


@given(texts)
def test_without_long_runs_and_code_words_nothing_changes(text):
    short = "".join(f"{char}あ" if char.isdigit() else char for char in text)
    assert screen_final(short).text == screen_draft(short).text == short


@given(texts, st.booleans())
def test_only_digits_are_masked_each_in_its_place(text, is_draft):
    written = f"暗証番号 {text} 4111111111111111"
    screened = (screen_draft if is_draft else screen_final)(written).text
    assert len(screened) == len(written)
    for old, new in zip(written, screened, strict=True):
        assert new == old or (new == MASK and old.isdigit())


@given(texts)
def test_what_was_screened_once_is_not_changed_again(text):
    once = screen_final(f"{text}4111111111111111").text
    assert screen_final(once).text == once


@given(st.text(st.characters(), max_size=20))
def test_halves_of_surrogate_pairs_are_replaced(text):
    assert sound(text).encode("utf-8").decode("utf-8") == sound(text)


def test_a_whole_pair_is_kept():
    assert sound("a\ud83d\ude00b\ud83d") == "a😀b\ufffd"


@pytest.mark.parametrize(
    "text", ["1 " * 5000, "9" * 10_000, "0312345678 " * 900, "暗証番号" * 2500]
)
def test_ten_thousand_characters_are_judged_at_once(text):
    assert len(screen_final(text).text) == len(screen_draft(text).text) == len(text)


# -- マイナンバー ---------------------------------------------------------------------------------

# By the weights of the order, worked out by hand: 6·2+5·3+4·4+3·5+2·6+1·7+9·2+8·3+7·4+6·5+5·6 …
MY_NUMBERS = ["123456789018", "987654321093", "012345678903"]


def my_number_of(body):
    """The eleven digits and the one that fits."""
    weights = [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]
    rest = sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11
    return body + str(0 if rest <= 1 else 11 - rest)


def test_the_numbers_here_are_such():
    assert [my_number_of(number[:11]) for number in MY_NUMBERS] == MY_NUMBERS
    assert not is_my_number("123456789012")
    assert not is_my_number("111111111111")


@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("number", MY_NUMBERS)
@pytest.mark.rule("D5")
def test_the_number_of_a_person_is_masked_to_its_last_digit(number, separator):
    for written in (in_fours(number, separator), in_fours(number, separator).translate(WIDE)):
        found = screen_final(f"番号は{written}です")
        assert found.withheld == (number,)
        assert bare(found.text) == ""
        assert found.text.count(MASK) == 12
        if not number.startswith("0"):
            assert bare(screen_draft(f"番号は{written}です").text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "2026年 123456789018",
        "1234/5678/9018",
        "090-1234-5678 123456789018",
        "123456789018 090-1234-5678",
        "11月 12 1234 5678 9018",
    ],
)
def test_the_number_of_a_person_among_others(text):
    masked = screen_final(text).text
    assert "9018" not in bare(masked)
    assert ("090-1234-5678" in masked) == ("090" in text)


@pytest.mark.parametrize(
    "text",
    [
        "伝票 123456789012",
        "+81 90 1234 5677",
        "＋８１－90－1234－5677",
        "03-1234-5678 18",
        "1234567890183",
        "090-1234-5678 12",
    ],
)
def test_numbers_that_are_none_stay(text):
    assert screen_final(text).text == text


def test_a_number_from_abroad_would_else_have_been_one():
    assert is_my_number(my_number_of("81901234567"))
    assert screen_final("+" + my_number_of("81901234567")).withheld == ()
    assert screen_final(my_number_of("81901234567")).withheld


def test_a_slip_number_of_twelve_digits_stays_once_allowed():
    text = "伝票は 1234-5678-9018 です"
    assert screen_final(text).withheld == ("123456789018",)
    assert screen_final(text, ["123456789018"]).text == text


@given(st.text(string.digits, min_size=11, max_size=11), st.sampled_from(NEIGHBOURS))
def test_no_number_of_a_person_survives(body, before):
    number = my_number_of(body)
    if len(set(number)) == 1:
        return
    assert number not in bare(screen_final(before + number).text)
