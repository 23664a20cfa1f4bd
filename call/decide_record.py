"""What is marked and noted: temperature, safety, same talk, fields, the note pad."""

from __future__ import annotations

from call import commands as c
from call import events as e
from call.clock import as_utc
from call.decision import Decision, Refusal, Situation, steps
from call.reception_cue import reception_cue


def set_temperature(command: c.SetTemperature, at: Situation) -> Decision:
    """Set how hot it is; the same level again says nothing new, unless it is asked for."""
    reception = reception_cue(at.case, at.now, at.limits)
    is_asked = reception is not None and reception.asks_temperature
    if at.case.marks.temperature == command.level and not is_asked:
        return ()
    return steps(e.TemperatureSet(command.level))


def set_safety(command: c.SetSafety, at: Situation) -> Decision:
    """Answer the safety question."""
    if at.case.marks.safety is command.answer:
        return ()
    return steps(e.SafetySet(command.answer))


def mark_same_talk(command: c.MarkSameTalk, at: Situation) -> Decision:
    """Count the same talk."""
    return steps(e.SameTalkRepeated()) if at.case.phase.is_live else Refusal("phase.no_call")


def mark_new_fact(command: c.MarkNewFact, at: Situation) -> Decision:
    """Keep when something new was heard."""
    return steps(e.NewFactHeard()) if at.case.phase.is_live else Refusal("phase.no_call")


def open_card(command: c.OpenCard, at: Situation) -> Decision:
    """Keep that an interrupt card was opened."""
    return steps(
        e.CardOpened(
            command.card,
            command.version,
            command.title,
            suspends_limits=command.suspends_limits,
            pause_cue=command.pause_cue,
        )
    )


def fill_field(command: c.FillField, at: Situation) -> Decision:
    """Fill or empty a placeholder."""
    value = " ".join(command.value.split())
    if at.case.field(command.key) == value:
        return ()
    return steps(e.FieldFilled(command.key, value))


def take_note(command: c.TakeNote, at: Situation) -> Decision:
    """Save a note; blank ones are nothing."""
    text = command.text.strip()
    if not text:
        return ()
    begun_at = command.begun_at or at.now
    due_at = as_utc(command.due_at) if command.due_at else None
    return steps(e.NoteTaken(e.new_id(at.now), command.kind, text, begun_at, due_at))


def edit_note(command: c.EditNote, at: Situation) -> Decision:
    """Change a note; an emptied one is removed."""
    note = at.case.notes.get(command.note_id)
    if note is None:
        return Refusal("note.not_there")
    text = command.text.strip()
    if not text:
        return steps(e.NoteRemoved(command.note_id))
    due_at = as_utc(command.due_at) if command.due_at else None
    if (note.kind, note.text, note.due_at) == (command.kind, text, due_at):
        return ()
    return steps(e.NoteEdited(command.note_id, command.kind, text, due_at))


def remove_note(command: c.RemoveNote, at: Situation) -> Decision:
    """Take a note off the pad."""
    if at.case.notes.get(command.note_id) is None:
        return Refusal("note.not_there")
    return steps(e.NoteRemoved(command.note_id))


def allow_number(command: c.AllowNumber, at: Situation) -> Decision:
    """Let a long number be stored: the agent says it is a slip or part number."""
    digits = "".join(char for char in command.digits if char in "0123456789")
    if not digits:
        return Refusal("number.nothing_held_back")
    return steps(e.NumberAllowed(digits))
