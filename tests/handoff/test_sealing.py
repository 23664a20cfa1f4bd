"""Sealed files: only for whom they are meant, only from whom one trusts, and not one byte changed."""

import json
from base64 import b64decode, b64encode

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff.bundle import BundleError
from handoff.desk_keys import PublicKey, SecretKey, new_secret, read_public, read_secret
from handoff.sealing import MAX_SEALED_BYTES, is_sealed, seal, unseal

WORDS = "山田様　洗濯機から水が漏れる　090-1234-5678".encode()
FIRST, SECOND, THIRD = (new_secret() for _ in range(3))
SEALED = seal(WORDS, FIRST, [SECOND.public()])


def kind_of(content, own=SECOND, trusted=FIRST):
    with pytest.raises(BundleError) as refused:
        unseal(content, own, [trusted.public()])
    return refused.value.kind


def changed(**values):
    return b'{"format":"yorisoi-sealed"' + json.dumps(
        {**json.loads(SEALED), **values}, separators=(",", ":")
    ).encode().removeprefix(b'{"format":"yorisoi-sealed"')


def test_whom_it_is_for_reads_it_and_knows_who_sent_it():
    opened = unseal(SEALED, SECOND, [FIRST.public()])
    assert (opened.content, opened.sender) == (WORDS, FIRST.public())


def test_each_of_several_receivers_reads_it():
    both = seal(WORDS, FIRST, [SECOND.public(), THIRD.public()])
    for own in (SECOND, THIRD):
        assert unseal(both, own, [FIRST.public()]).content == WORDS


def test_no_two_sealed_files_are_alike():
    assert seal(WORDS, FIRST, [SECOND.public()]) != SEALED


@given(st.text("山田様洗濯機水漏れ返金対応", min_size=4, max_size=100).map(str.encode))
def test_nothing_of_the_content_stands_in_the_file(content):
    file = seal(content, FIRST, [SECOND.public()])
    raw = json.loads(file)
    bare = b64decode(raw["content"]) + b"".join(b64decode(slot["key"]) for slot in raw["slots"])
    assert content not in file
    assert content not in bare
    assert unseal(file, SECOND, [FIRST.public()]).content == content


def test_nor_the_names_or_keys_of_the_desks():
    for key in (FIRST.public(), SECOND.public()):
        for part in (key.verifies, key.sealed_to):
            assert b64encode(part) not in SEALED
            assert part not in b64decode(json.loads(SEALED)["content"])


def test_for_somebody_else():
    assert kind_of(SEALED, own=THIRD) == "not_for_us"


def test_from_somebody_unknown():
    assert kind_of(SEALED, trusted=THIRD) == "unknown_sender"
    with pytest.raises(BundleError, match="unknown_sender"):
        unseal(SEALED, SECOND, [])


def test_a_key_of_the_same_short_name_is_another_one(monkeypatch):
    monkeypatch.setattr(PublicKey, "id", property(lambda _: "0" * 20))
    assert kind_of(seal(WORDS, FIRST, [SECOND.public()]), trusted=THIRD) == "unknown_sender"


def test_somebody_who_says_to_be_another():
    """The signature is what counts, not the key that is named beside it."""
    lying = SecretKey(THIRD.signs, THIRD.opens)
    claimed = FIRST.public()

    class Liar(SecretKey, frozen=True):
        def public(self):
            return claimed

    file = seal(WORDS, Liar(lying.signs, lying.opens), [SECOND.public()])
    assert kind_of(file) == "changed"


def test_a_receiver_cannot_pass_it_on_as_if_it_were_meant_for_another():
    """Opened by the second desk, and closed again for the third with the first desk's signature."""
    from nacl.public import PrivateKey, SealedBox
    from nacl.public import PublicKey as Box
    from nacl.secret import Aead

    from handoff import sealing as s

    file = msgspec.json.decode(SEALED, type=s._Sealed)
    key = SealedBox(PrivateKey(SECOND.opens)).decrypt(file.slots[0].key)
    plain = Aead(key).decrypt(file.content, s._bound(file.slots))
    slots = (s._Slot(THIRD.public().id, SealedBox(Box(THIRD.public().sealed_to)).encrypt(key)),)
    again = s._Sealed(s.FORMAT, 1, slots, bytes(Aead(key).encrypt(plain, s._bound(slots))))
    assert kind_of(msgspec.json.encode(again), own=THIRD) == "changed"


@given(place=st.integers(0, len(SEALED) - 1), byte=st.integers(0, 255))
def test_a_byte_that_was_changed_is_found_or_changes_nothing(place, byte):
    file = SEALED[:place] + bytes([byte]) + SEALED[place + 1 :]
    try:
        opened = unseal(file, SECOND, [FIRST.public()])
    except BundleError:
        return
    assert opened.content == WORDS


@given(st.integers(0, len(SEALED) - 2))
def test_a_file_that_was_cut_is_not_opened(length):
    assert kind_of(SEALED[:length]) in {"changed", "no_bundle"}


@given(st.binary(max_size=400))
def test_whatever_is_sealed_to_us_by_a_stranger_is_refused_and_nothing_more(inside):
    """Anybody can seal to a public key: what is in it may be anything."""
    from nacl.public import PublicKey as Box
    from nacl.public import SealedBox
    from nacl.secret import Aead

    from handoff import sealing as s

    key = bytes(32)
    box = SealedBox(Box(SECOND.public().sealed_to))
    slots = (s._Slot(SECOND.public().id, box.encrypt(key)),)
    file = s._Sealed(s.FORMAT, 1, slots, bytes(Aead(key).encrypt(inside, s._bound(slots))))
    assert kind_of(msgspec.json.encode(file)) in {"changed", "unknown_sender"}


def test_receivers_cannot_be_added_or_taken_out():
    both = json.loads(seal(WORDS, FIRST, [SECOND.public(), THIRD.public()]))
    slots = both["slots"]
    for changed_slots in (slots[:1], slots[1:], slots[::-1], [*slots, slots[0]]):
        file = json.dumps({**both, "slots": changed_slots}, separators=(",", ":")).encode()
        for own in (SECOND, THIRD):
            assert kind_of(file, own=own) in {"changed", "not_for_us"}


def test_nor_can_the_slot_of_another_be_changed():
    """So that whoever opens it knows that all the others could, too."""
    both = json.loads(seal(WORDS, FIRST, [SECOND.public(), THIRD.public()]))
    for own, other in ((SECOND, THIRD), (THIRD, SECOND)):
        slots = [
            {**slot, "key": b64encode(bytes(80)).decode()}
            if slot["to"] == other.public().id
            else slot
            for slot in both["slots"]
        ]
        file = json.dumps({**both, "slots": slots}, separators=(",", ":")).encode()
        assert kind_of(file, own=own) == "changed"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"{}", "no_bundle"),
        (b'{"format":"yorisoi-sealed"', "changed"),
        (b'{"format":"yorisoi-sealed","x":' + b"[" * 100_000, "changed"),
        (changed(version=2), "newer_version"),
        (changed(slots=[]), "changed"),
        (changed(slots=[{"to": "../../x", "key": ""}]), "changed"),
        (changed(content=""), "changed"),
        (b" " * (MAX_SEALED_BYTES + 1), "too_large"),
    ],
)
def test_hostile_files(content, kind):
    assert kind_of(content) == kind


def test_a_plain_bundle_is_not_taken_for_a_sealed_file():
    assert is_sealed(SEALED)
    assert not is_sealed(b'{"format": "yorisoi-bundle"}')


def test_a_key_in_a_line_and_back():
    key = FIRST.public()
    assert read_public(key.as_text()) == key
    assert read_public(f"  {key.as_text()}\n") == key
    assert key.spoken.replace(" ", "") == key.id
    assert read_secret(FIRST.as_text()) == FIRST


@given(place=st.integers(0, len(FIRST.public().as_text()) - 1), char=st.characters())
def test_a_line_that_was_miscopied_is_no_other_key(place, char):
    line = FIRST.public().as_text()
    assert read_public(line[:place] + char + line[place + 1 :]) in (None, FIRST.public())
    assert read_public(line[:place]) is None


@pytest.mark.parametrize("kept", ["", "xyz", "AAAA", "あ", b64encode(bytes(63)).decode()])
def test_what_is_no_secret(kept):
    assert read_secret(kept) is None


def test_the_secret_is_in_no_trace():
    assert repr(FIRST) == "SecretKey(…)"
    assert FIRST.as_text() not in f"{FIRST} {FIRST!r} {[FIRST]}"
    assert isinstance(FIRST.public(), PublicKey)
