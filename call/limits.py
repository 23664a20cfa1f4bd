"""The numbers of complaint handling, each a setting with a default (flows.md 1)."""

from __future__ import annotations

from msgspec import Struct

from scripts_ja.model import HoldKind


class Limits(Struct, frozen=True):
    """Thresholds that guidance compares the clock and the counters with."""

    call_amber_minutes: int = 15  # rules.md #63
    call_red_minutes: int = 20  # rules.md #63
    circles_consult_minutes: int = 10  # rules.md #68
    no_new_fact_minutes: int = 5
    hearing_tries: int = 2  # rules.md #58, #67
    max_holds: int = 1  # rules.md #72
    hold_lookup_amber_seconds: int = 30  # rules.md M2-M4
    hold_lookup_red_seconds: int = 60
    hold_consult_amber_seconds: int = 60
    hold_consult_red_seconds: int = 120
    anger_reception_seconds: int = 180  # rules.md #85
    pause_cue_seconds: int = 3
    max_concessions: int = 1  # rules.md #12, #14
    duty_check_days: int = 10  # rules.md 2.5: the day of knowledge is the first
    stalemate_end_minutes: int = 30
    long_call_minutes: int = 60
    repeat_calls: int = 3
    abuse_warnings: int = 2
    callback_default_minutes: int = 30
    callback_remind_first_minutes: int = 15
    callback_remind_last_minutes: int = 5
    callback_attempts: int = 3  # F5-S5: then a superior decides
    first_report_minutes: int = 10  # rules.md #38
    interim_report_hours: int = 24
    visit_people: int = 2  # rules.md #112
    visit_wait_minutes: int = 30  # rules.md #114
    visit_duration_minutes: int = 30
    visit_overdue_minutes: int = 15  # F6-S2: then the visitors are rung
    visit_report_minutes: int = 120  # F6-S6
    acw_guide_minutes: int = 5
    retention_days: int = 90

    def hold_amber_seconds(self, kind: HoldKind) -> int:
        """When a hold of that kind turns amber, in seconds."""
        if kind is HoldKind.CONSULT:
            return self.hold_consult_amber_seconds
        return self.hold_lookup_amber_seconds

    def hold_red_seconds(self, kind: HoldKind) -> int:
        """When a hold of that kind turns red, in seconds."""
        if kind is HoldKind.CONSULT:
            return self.hold_consult_red_seconds
        return self.hold_lookup_red_seconds
