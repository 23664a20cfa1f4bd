"""Pages of rows as a sheet: they outlive it, with what is being typed on them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QResizeEvent

from ui.port.workplace import Workplace
from ui.rows.paged_rows import PagedRows
from ui.sheet import Sheet
from ui.sidebar import Sidebar
from ui.theme import Look
from ui.wrapped_label import WrappedLabel


class RowSheet(Sheet):
    """Shows pages, with what must always be in sight above them, where there is something."""

    def __init__(self, title: str, pages: PagedRows, look: Look, standing: str = "") -> None:
        super().__init__(title)
        self.pages = pages
        self._standing = standing
        self.standing = WrappedLabel("warn")
        self.says_gate = bool(standing)
        if standing:
            self._column.addWidget(self.standing)
        self._column.addWidget(pages, 1)
        pages.show()
        self.show_look(look)

    def show_look(self, look: Look) -> None:
        """Change theme or text size."""
        self._look = look
        self.standing.show_text("", self._standing, look)
        self.standing.setMinimumHeight(self.standing.heightForWidth(self.width()))
        self.pages.show_look(look)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the tabs are title enough; what stands above them is never squeezed."""
        self._yield_head(self._look)
        self.standing.setMinimumHeight(self.standing.heightForWidth(self.width()))
        super().resizeEvent(event)

    def refresh(self) -> None:
        """Show the case as it is now."""
        self.pages.refresh()

    def begin(self) -> None:
        """Take the focus."""
        self.pages.begin()


class RowSheetKey:
    """Opens such a sheet with its key; the key once more closes it, or gives it the keys."""

    def __init__(
        self,
        workplace: Workplace,
        window: Sidebar,
        make: Callable[[Look], PagedRows],
        say: Callable[[str], None],
    ) -> None:
        self.work = workplace
        self.window = window
        self._make = make
        self._say = say
        self._pages: PagedRows | None = None
        self.sheet: RowSheet | None = None
        window.sheet_closed.connect(self._on_closed)

    @property
    def pages(self) -> PagedRows:
        """The pages; made when they are first asked for."""
        if self._pages is None:
            self._pages = self._make(self.window.look)
            self._pages.refresh()
            self._pages.rows.to_top()
            self._pages.said.connect(self._say)
            self._pages.left.connect(self.window.close_sheet)
        return self._pages

    @property
    def is_open(self) -> bool:
        """Whether the sheet is the one that is shown."""
        return self.sheet is not None and self.window.sheet is self.sheet

    def press(self, title: str, standing: str = "") -> None:
        """Open it; where it is open, close it, or give it the keys if it has not got them."""
        if self.is_open:
            if self.pages.has_keys():
                self.window.close_sheet()
            else:
                self.pages.begin()
            return
        self.window.close_sheet()
        self.sheet = RowSheet(title, self.pages, self.window.look, standing)
        self.window.open_sheet(self.sheet, is_large=True)

    def _on_closed(self) -> None:
        """The sheet goes, its pages stay."""
        if self.sheet is not None and self._pages is not None and self.window.sheet is None:
            self.sheet = None
            self._pages.hide()
            self._pages.setParent(self.window)
