"""Placeholders: nothing invented, nothing hidden, values inserted as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts_ja.placeholders import (
    Segment,
    SegmentKind,
    definitions,
    placeholder_keys,
    plain,
    segments,
    wrong_braces,
)

# The table of placeholders of the domain description, in its order.
KEYS = """
company dept agent title first_agent superior superior_title customer product issue impact
burden request when date1 fact1 date2 fact2 gap finding cause reason offer alternative alternative2
promise ask result immediate_action next_action deadline interim_at next_at callback_at
callback_tel best_time hold_min elapsed_min extra_min temp safety decision estimate_min case_no
owner contact_tel hours help_line address visit_at visitor companion duration place arrive leave call_at
quote answered prev_dates act status measure measure_date
""".split()  # noqa: SIM905  (sixty lines otherwise)
FALLBACKS = {
    "company": "私ども",
    "dept": "担当部署",
    "title": "責任者",
    "first_agent": "先ほどの担当者",
    "superior": "責任者",
    "superior_title": "責任者",
    "customer": "お客様",
    "product": "このたびの件",
    "act": "ただいまのようなお言葉",
}


def test_every_placeholder_is_defined() -> None:
    assert sorted(definitions()) == sorted(KEYS)


def test_fallbacks_are_those_agreed_and_all_else_is_a_gap() -> None:
    given_fallbacks = {key: d.fallback for key, d in definitions().items() if d.fallback}
    assert given_fallbacks == FALLBACKS


def test_every_placeholder_says_its_name_and_form() -> None:
    assert all(d.label.strip() and d.form.strip() for d in definitions().values())


def test_labels_are_not_mixed_up() -> None:
    labels = [definition.label for definition in definitions().values()]
    assert len(labels) == len(set(labels))
    # The mark of a gap puts the label in parentheses.
    assert not [label for label in labels if "（" in label]


def test_segments_of_each_kind() -> None:
    assert segments("A{agent}B{company}{issue}", {"agent": "田中"}) == (
        Segment(SegmentKind.LITERAL, "A"),
        Segment(SegmentKind.FILLED, "田中", "agent"),
        Segment(SegmentKind.LITERAL, "B"),
        Segment(SegmentKind.FALLBACK, "私ども", "company"),
        Segment(SegmentKind.GAP, "主訴", "issue"),
    )


@pytest.mark.parametrize("blank", ["", " ", "　", "\n"])
def test_a_blank_value_is_a_gap(blank: str) -> None:
    assert segments("{issue}", {"issue": blank})[0].kind is SegmentKind.GAP


@pytest.mark.parametrize(
    "value", ["{agent}", "{}", "{{x}}", "<b>太字</b>", "%s", "\\1", "a\nb", "𠮷野家🙂"]
)
def test_a_value_is_inserted_as_it_is(value: str) -> None:
    rendered = segments("A{issue}B", {"issue": value, "agent": "田中"})
    assert plain(rendered) == f"A{value}B"
    assert len(rendered) == 3


def test_a_gap_is_marked_in_plain_text() -> None:
    assert plain(segments("ご要望は{request}です", {})) == "ご要望は＿＿（ご要望）です"


@pytest.mark.parametrize(
    ("value", "text"), [("山田", "山田様"), ("山田様", "山田様"), ("", "お客様")]
)
def test_the_customer_is_named_with_one_honorific(value: str, text: str) -> None:
    assert plain(segments("{customer}", {"customer": value})) == text


def test_unknown_braces_are_shown_not_lost() -> None:
    text = "A{nobody}B{ agent }C{D}"
    assert segments(text, {"nobody": "x"}) == (Segment(SegmentKind.LITERAL, text),)


def test_placeholder_keys_once_each_in_order() -> None:
    assert placeholder_keys("{issue}{agent}{issue}{nobody}") == ("issue", "agent")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("{agent} and {issue}", ()),
        ("plain", ()),
        ("{nobody}", ("{nobody}",)),
        ("{ agent }", ("{ agent }",)),
        ("{{agent}}", ("{", "}")),
        ("{agent", ("{",)),
        ("agent}", ("}",)),
        ("{}", ("{}",)),
        ("{Agent}", ("{Agent}",)),
        ("｛agent｝", ("｛agent｝",)),
        ("｛これ｝", ()),
        ("｛nobody｝", ()),
    ],
)
def test_wrong_braces(text: str, wrong: tuple[str, ...]) -> None:
    assert wrong_braces(text) == wrong


_TEXTS = st.lists(
    st.one_of(st.sampled_from([*(f"{{{key}}}" for key in KEYS), "{nobody}", "{", "}"]), st.text())
).map("".join)


@given(_TEXTS, st.dictionaries(st.sampled_from(KEYS), st.text()))
def test_rendering_never_fails_and_loses_no_literal(text: str, values: dict[str, str]) -> None:
    rendered = segments(text, values)
    assert "".join(f"{{{s.key}}}" if s.key else s.text for s in rendered) == text


@given(st.text(min_size=1).filter(lambda text: bool(text.strip())))
def test_any_value_comes_out_unchanged(value: str) -> None:
    assert segments("a{issue}b", {"issue": value})[1] == Segment(SegmentKind.FILLED, value, "issue")
