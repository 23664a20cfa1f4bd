"""A recovery key that was written wrong is noticed, and where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.recovery_words import ALPHABET, MisreadError, new_words, read_words, right_groups

groups = st.integers(0, 7)
places = st.integers(0, 4)


def group_of_mistake(text):
    with pytest.raises(MisreadError) as caught:
        read_words(text)
    return caught.value.group


@given(groups, places, st.sampled_from(ALPHABET))
def test_one_wrong_character_is_told_by_its_group(group, place, wrong):
    parts = list(new_words().groups)
    right = parts[group]
    parts[group] = right[:place] + wrong + right[place + 1 :]
    if parts[group] != right:
        assert group_of_mistake("-".join(parts)) == group + 1
        assert right_groups("-".join(parts)) == group


@given(groups, st.integers(0, 3))
def test_two_characters_that_changed_places_are_noticed(group, place):
    parts = list(new_words().groups)
    word = parts[group]
    parts[group] = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    if parts[group] != word:
        assert group_of_mistake("-".join(parts)) == group + 1


@given(groups, groups)
def test_groups_that_changed_places_are_noticed(one, other):
    parts = list(new_words().groups)
    parts[one], parts[other] = parts[other], parts[one]
    if one != other:
        assert group_of_mistake("-".join(parts)) == min(one, other) + 1


@pytest.mark.parametrize(
    "spelled", [str.lower, lambda text: text.replace("-", "ー"), lambda text: " ".join(text)]
)
def test_width_case_and_grouping_do_not_matter(spelled):
    words = new_words()
    wide = "".join(chr(ord(char) + 0xFEE0) if char.isalnum() else char for char in words.text)
    assert read_words(spelled(words.text)) == words
    assert read_words(wide) == words
    assert right_groups(wide) == 8


def test_too_short_too_long_and_nothing():
    words = new_words().text
    for text in ("", words[:-1], words[:-6], words + words[:5]):
        assert group_of_mistake(text) == 0


def test_nothing_of_it_stands_in_a_trace():
    words = new_words()
    assert words.groups[0] not in repr(words)
    assert set("01IOLSZ5BG") & set(ALPHABET) == set()
