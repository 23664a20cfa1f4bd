"""What the keys of a call ask for, made ready while the call goes on and nothing else is done.

Before a call none of it is in memory. Where a key is pressed earlier, it imports what is left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module

from app.session import Session
from desktop.folder_watch import LaterLook

# After whatever was done last: a paint comes first, and a key waits for one module at the most. All
# of it takes some ten seconds of a call.
PAUSE_MILLISECONDS = 30
# Each behind those that it imports itself, so that each step is a module: one to five milliseconds.
MODULES = (
    "scripts_ja.clock_words", "ui.interrupt_sheet", "ui.row_button", "ui.keys_sheet",
    "ui.stage_sheets", "ui.painted_list", "ui.case_list", "ui.phrase_tray", "ui.phrase_list",
    "ui.phrase_sheet", "ui.case_sheet", "ui.customer_sheet", "ui.retention_sheets", "ui.case_sheets",
    "ui.port.paper_shelf", "ui.paper_desk", "ui.wording_remark", "ui.consult_sheet",
    "ui.port.papers", "ui.papers", "app.papers", "handoff", "handoff.call_picture",
    "handoff.document", "handoff.typed_text", "handoff.text_form", "call.preparation",
    "call.reception", "handoff.masked_names", "handoff.masks", "handoff.missing",
    "handoff.timeline_after", "handoff.timeline", "handoff.second_line", "handoff.note",
    "handoff.words", "handoff.consult_card", "app.consulting", "ui.reading_sheet",
    "ui.wording_sheet", "ui.phrase_sheets", "app.phrase_book", "scripts_ja.readings",
    "app.phrase_index", "handoff.block_a", "handoff.file_name", "app.handing_over",
    "app.writing", "handoff.mask_note", "handoff.second_words", "handoff.timeline_words",
    "handoff.blocks_bc", "handoff.layout", "scripts_ja.first_characters", "scripts_ja.wording",
    "handoff.validation_words", "handoff.validation", "handoff.absence_note", "handoff.bundle",
    "handoff.abuse_record", "handoff.prevention_sheet", "handoff.papers", "app.paper_wishes",
    "handoff.desk_keys", "handoff.acknowledgement", "handoff.sealing", "app.department_desks",
    "app.department_limits", "app.department_folder", "app.department_copy",
    "storage.key_store", "app.desk_key", "app.seals", "app.paper_saving", "app.month_shelf",
    "app.paper_shelf", "ui.paper", "ui.paper.choices", "ui.paper.side_column",
    "ui.paper.sheets_view", "ui.paper.window", "ui.paper.leaving", "ui.paper.places",
    "ui.paper.mending", "html.entities", "html", "handoff.html_style", "handoff.picture_shapes",
    "handoff.picture_svg", "handoff.html_form", "handoff.markdown_form", "app.paper_forms",
    "handoff.printed", "handoff.printed.ink", "handoff.printed.boxes",
    "handoff.printed.drawn_call", "handoff.printed.setting", "handoff.printed.pages",
    "ui.wrap_up_sheets", "ui.rows", "ui.rows.row", "ui.rows.ask_line", "ui.kept_line",
    "ui.port.wrap_up", "ui.prevention_causes", "ui.rows.page", "ui.wrap_up_page",
    "ui.prevention_page", "ui.reflection_page", "ui.rows.hint_strip", "ui.rows.row_view",
    "ui.rows.row_body", "ui.rows.row_choice", "ui.rows.row_list", "ui.rows.foot",
    "ui.wrap_up_prompt", "ui.wrap_up_gaps", "ui.wrap_up_report", "ui.wrap_up_record",
    "ui.wrap_up_sheet", "handoff.wrap_up", "app.wrap_up_desk",
)  # fmt: skip


class MadeReady:
    """A module at a time, then ``more`` step by step; whatever is done puts the next one off."""

    def __init__(self, session: Session, more: Callable[[], Iterator[object]]) -> None:
        self._session = session
        self._steps = _steps(more)
        self.is_done = False
        self._pause = LaterLook(self._take, PAUSE_MILLISECONDS)
        session.listen(lambda _: self._go_on())

    def stop(self) -> None:
        """Make no more ready."""
        self.is_done = True
        self._pause.stop()

    def _go_on(self) -> None:
        if not self.is_done and self._session.phase.is_live:
            self._pause.begin()

    def _take(self) -> None:
        self.is_done = next(self._steps, self) is self
        self._go_on()


def _steps(more: Callable[[], Iterator[object]]) -> Iterator[object]:
    for name in MODULES:
        import_module(name)
        yield name
    yield from more()
