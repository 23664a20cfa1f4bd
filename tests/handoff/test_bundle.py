"""The bundle: what is written is read back, and what is not to be believed is refused."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from msgspec import structs

from call import commands as c
from call.events import CallClosed, UnknownEvent
from handoff import bundle as b
from handoff import bundle_schema
from handoff.bundle import BundleError, Stamp, as_bundle, read_bundle
from handoff.bundle_schema import as_file
from handoff.masks import Mask, masked
from scripts_ja.model import NoteKind

SHIPPED = Path(bundle_schema.__file__).with_name("bundle.schema.json")
STAMP = Stamp(made_at=datetime(2026, 11, 21, 2, 0, tzinfo=UTC), name="鈴木")


@pytest.fixture
def told(complete):
    complete.do(
        c.FillField("customer", "山田 <b>太郎</b>"),
        c.FillField("memo", "=1+1"),
        c.TakeNote(NoteKind.QUOTE, "二度と買わない"),
        c.EndCall(),
    )
    return complete


@pytest.fixture
def content(told):
    return as_bundle(told.case, told.desk.history, STAMP, ())


def changed(content, change, *, sign=True):
    """The same file with something else in it, and with the checksum that belongs to it."""
    raw = json.loads(content)
    change(raw)
    if sign:
        raw["stamp"]["checksum"] = b._checksum(raw)
    return json.dumps(raw, ensure_ascii=False).encode()


def refusal(content):
    with pytest.raises(BundleError) as refused:
        read_bundle(content)
    return refused.value.kind


def test_what_is_written_is_read_back(told, content):
    bundle, events = read_bundle(content.encode())
    assert list(events) == told.desk.history
    assert (bundle.case_id, bundle.case_no) == (told.case.id, "A1-0001")
    assert (bundle.stamp.name, bundle.stamp.made_at) == ("鈴木", STAMP.made_at)


def test_line_ends_and_spaces_of_a_mail_program_change_nothing(content):
    read_bundle(json.dumps(json.loads(content)).replace(", ", ",\r\n").encode())


@pytest.mark.parametrize("mask", list(Mask))
def test_a_mask_is_a_mask_in_the_bundle_too(told, mask):
    history = masked(told.desk.history, [mask])
    said = as_bundle(told.case, history, STAMP, [mask])
    hidden = {Mask.PHONE: "03-0000-1234", Mask.NAMES: "山田", Mask.QUOTES: "二度と"}[mask]
    assert hidden not in said
    assert read_bundle(said.encode())[0].masks == (mask,)


def test_what_a_later_version_recorded_is_passed_on_and_left_out_under_a_mask(told):
    unknown = UnknownEvent("Foretold", {"by": "山田"})
    later = structs.replace(told.desk.history[-1], id="later", seq=999, body=unknown)
    history = [*told.desk.history, later]
    assert read_bundle(as_bundle(told.case, history, STAMP, ()).encode())[1][-1] == later
    assert later.id not in {event.id for event in masked(history, [Mask.NAMES])}


def test_the_bookkeeping_of_this_desk_stays_here(told):
    own = structs.replace(
        told.desk.history[-1], id="own", seq=999, body=CallClosed(), cause=b.BOOKKEEPING
    )
    said = as_bundle(told.case, [*told.desk.history, own], STAMP, ())
    assert list(read_bundle(said.encode())[1]) == told.desk.history


# -- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "no_bundle"),
        (b"\xff\xfe", "no_bundle"),
        (b"[]", "no_bundle"),
        (b"{}", "no_bundle"),
        (b'{"format": "yorisoi-bundle", "version": true}', "no_bundle"),
        (b'{"format": "yorisoi-bundle", "version": 2}', "newer_version"),
        (b'{"format": "yorisoi-bundle", "version": 0}', "older_version"),
        (b'{"format": "yorisoi-bundle", "version": 1}', "changed"),
        (b'{"format": "yorisoi-bundle", "version": 1, "stamp": {"checksum": "x"}}', "changed"),
        (b"[" * 200_000, "no_bundle"),
        (b'{"a":' * 200_000, "no_bundle"),
        (b" " * 10_000_000, "too_large"),
        (b'{"format": "\\ud800"}', "no_bundle"),
    ],
)
def test_a_hostile_file_is_refused(content, kind):
    assert refusal(content) == kind


def test_a_changed_letter_is_noticed(content):
    assert refusal(content.replace("二度と", "三度と").encode()) == "changed"
    assert refusal(changed(content, lambda raw: raw["stamp"].update(name="x"), sign=False)) == (
        "changed"
    )


def set_in_event(place, **values):
    return lambda raw: raw["events"][place].update(values)


def set_in_body(kind, **values):
    def change(raw):
        next(event for event in raw["events"] if event["kind"] == kind)["body"].update(values)

    return change


def nested(raw):
    deep = "x"
    for _ in range(400):
        deep = [deep]
    raw["events"][-1]["body"] = {"deep": deep}
    raw["events"][-1]["kind"] = "Foretold"


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw.update(events=[]),
        lambda raw: raw.update(surprise=1),
        lambda raw: raw.update(case_no="../../other"),
        lambda raw: raw.update(case_id="other"),
        lambda raw: raw.update(masks=["all"]),
        lambda raw: raw["events"].append(raw["events"][-1]),
        lambda raw: raw["events"].append({**raw["events"][-1], "id": "other"}),
        lambda raw: raw["events"].append({**raw["events"][-1], "seq": 9999}),
        set_in_event(-1, seq=2**70),
        set_in_event(-1, seq=0),
        set_in_event(-1, id=""),
        set_in_event(-1, id="a\nb"),
        set_in_event(-1, cause="import"),
        set_in_event(-1, at={"wall": "2026-11-21T10:00:00", "boot_seconds": 1, "boot_id": "b"}),
        set_in_event(-1, at={"wall": "9999-12-31T23:59:59Z", "boot_seconds": 1, "boot_id": "b"}),
        set_in_event(
            -1, at={"wall": "2026-11-21T10:00:00Z", "boot_seconds": 1e300, "boot_id": "b"}
        ),
        set_in_body("TemperatureSet", level="hot"),
        set_in_body("TemperatureSet", level=10**30),
        set_in_body("CallbackCommitted", due_at="2026-11-21T10:00:00"),
        set_in_body("NoteTaken", note_kind="spell"),
        nested,
    ],
)
def test_nonsense_under_a_right_checksum_is_refused(content, change):
    assert refusal(changed(content, change)) == "damaged"


def test_html_and_formulas_are_only_text(content):
    _, events = read_bundle(content.encode())
    values = [event.body.value for event in events if hasattr(event.body, "value")]
    assert "山田 <b>太郎</b>" in values
    assert "=1+1" in values


# -- the schema -----------------------------------------------------------------------------------


def test_the_shipped_schema_is_that_of_the_structs():
    made = as_file(bundle_schema.bundle_schema())
    if os.environ.get("YORISOI_RENEW_GOLDEN"):
        SHIPPED.write_text(made, encoding="utf-8", newline="\n")
    assert SHIPPED.read_text(encoding="utf-8") == made


def test_the_schema_knows_every_kind_of_event_and_every_reference():
    schema = json.loads(SHIPPED.read_text(encoding="utf-8"))
    conditions = schema["$defs"]["BundledEvent"]["allOf"]
    kinds = {part["if"]["properties"]["kind"]["const"] for part in conditions}
    assert {"NoteTaken", "EventRetimed", "CaseOpened"} <= kinds
    references = set(msgspec.json.encode(schema).decode().split('"$ref":"#/$defs/')[1:])
    assert {found.partition('"')[0] for found in references} <= set(schema["$defs"])
