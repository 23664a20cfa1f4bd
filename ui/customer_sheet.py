"""The customer's fields: name, reading, number, and what helps to reach them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from call.case import Case
from call.commands import FillField
from scripts_ja.texts import t
from ui.port.workplace import Workplace
from ui.sheet import FormSheet

FIELDS = (
    "customer",
    "customer_reading",
    "callback_tel",
    "best_time",
    "product",
    "when",
    "impact",
    "apology",
    "contact_way",
    "proxy",
    "order_no",
    "company_no",
    "recording_id",
    "attachments",
)


class CustomerSheet(FormSheet):
    """Every field is saved when it is left."""

    def __init__(self, workplace: Workplace, case: Case, parent: QWidget | None = None) -> None:
        super().__init__(t("customer.title"), t("customer.hint"), parent)
        self._workplace = workplace
        for key in FIELDS:
            value = case.field(key)
            if key == "callback_tel" and not value and case.call:
                self.add_row(t(f"customer.{key}"), "", self._fill(key)).entry.setPlaceholderText(
                    case.call.number
                )
            else:
                self.add_row(t(f"customer.{key}"), value, self._fill(key))

    def _fill(self, key: str) -> Callable[[str], object]:
        def save(text: str) -> None:
            self._workplace.do(FillField(key, text))

        return save
