"""振り返り: one thing to keep, one to change, the next first phrase; for nobody else's eyes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from call.case import Case
from scripts_ja.dates import echo_due
from scripts_ja.texts import t
from ui.kept_line import KeptAsk
from ui.port.workplace import Workplace
from ui.port.wrap_up import FieldDrafts, ReflectionView
from ui.rows.page import BLANK
from ui.rows.row import Ask, Do, Keys, Row, title
from ui.wrap_up_page import WrapUpPage

_FIELDS = ("keep", "change", "first_phrase")
_CARE = "care"


class ReflectionPage(WrapUpPage):
    """What the agent writes for themselves (rules.md #103-#106): no case is asked for or told.

    Removing cannot be undone, so it takes the key twice. ``fetch`` brings the list anew.
    """

    id = "reflection"

    def __init__(
        self,
        workplace: Workplace,
        ask: Callable[[Ask], None],
        say: Callable[[str], None],
        select: Callable[[str], None],
        fetch: Callable[[], None],
    ) -> None:
        super().__init__(workplace, ask, say, select)
        self._fetch = fetch
        self._earlier: tuple[ReflectionView, ...] = ()
        self._to_remove = 0

    @property
    def drafts(self) -> FieldDrafts:
        """In the file of the reflections; in nothing that belongs to a case."""
        return self.work.reflections.draft

    def rows(self, case: Case | None) -> list[Row]:
        """Three lines to write, and the earlier ones."""
        none = Row("none", t("reflection.page.none"), tone="muted")
        earlier = [self._earlier_row(each) for each in self._earlier]
        return [
            Row("private", t("reflection.private"), tone="accent", is_title=True),
            *(self._field(name) for name in _FIELDS),
            self._save_row(),
            title("earlier", t("reflection.page.earlier")),
            *(earlier or [none]),
        ]

    def keys(self, case: Case | None) -> Keys:
        """Saving, from every row."""
        return {"S": Do(t("reflection.page.save"), self._save)}

    def show_earlier(self, earlier: tuple[ReflectionView, ...]) -> None:
        """Take over what the file holds."""
        self._earlier = earlier

    # -- writing ------------------------------------------------------------------------------

    def _field(self, name: str) -> Row:
        value = self.drafts.text(name)
        begin = Do(t("second.key.type"), partial(self._begin, name))
        return Row(
            name,
            value or t("wrap_up.blank"),
            heading=t(f"reflection.{name}"),
            tone="ink" if value else "muted",
            keys={"Enter": begin},
        )

    def _begin(self, name: str) -> None:
        label, hint = t(f"reflection.{name}"), t(f"reflection.hint.{name}")
        keep = partial(self.drafts.keep, name)
        take = partial(self._take, name)
        self.ask(KeptAsk(label, self.drafts.text(name), take, hint, keep=keep))

    def _take(self, name: str, text: str) -> bool:
        self.drafts.keep(name, text.strip())
        following = (*_FIELDS, "save")[_FIELDS.index(name) + 1]
        self.select(following)
        return True

    def _save_row(self) -> Row:
        is_blank = not any(self.drafts.text(name).strip() for name in _FIELDS)
        save = Do(t("reflection.page.save"), self._save)
        note = "" if is_blank else t("reflection.page.unsaved")
        tone = "muted" if is_blank else "accent"
        return Row("save", t("reflection.page.save"), note=note, tone=tone, keys={"Enter": save})

    def _save(self) -> None:
        keep, change, first_phrase = (self.drafts.text(name).strip() for name in _FIELDS)
        if not (keep or change or first_phrase):
            self.say(t("reflection.page.blank"))
            return
        self.work.reflections.keep(keep, change, first_phrase)
        self._fetch()
        self.say(t("reflection.page.saved"))
        self.select(_FIELDS[0])
        if first_phrase:
            self._ask_pin(first_phrase)

    # -- the first phrase ---------------------------------------------------------------------

    def _ask_pin(self, text: str) -> None:
        """Enter pins it to its stage, Esc leaves things as they are (rules.md #104)."""
        view = self.work.phrases.first_phrase()
        if view is None:
            self.say(t("own.edit.no_first"))
            return

        def pin(text: str) -> bool:
            if text.strip():
                self.work.phrases.keep(view.key, text.strip())
                self.say(t("own.edit.first_saved", place=view.place))
            return bool(text.strip())

        label = t("reflection.page.pin", place=view.place)
        self.ask(Ask(label, text, pin, t("reflection.hint.pin")))

    # -- earlier ones -------------------------------------------------------------------------

    def _earlier_row(self, reflection: ReflectionView) -> Row:
        is_asked = reflection.id == self._to_remove
        remove = Do(t("reflection.page.remove"), lambda: self._remove(reflection.id))
        keys = {"Delete": remove}
        if reflection.first_phrase:
            word = t("reflection.page.pin_key")
            keys["F"] = Do(word, lambda: self._ask_pin(reflection.first_phrase))
        return Row(
            f"earlier_{reflection.id}",
            _said(reflection),
            heading=echo_due(reflection.at.astimezone()),
            note=t("reflection.page.remove_again") if is_asked else "",
            note_tone="warn",
            keys=keys,
        )

    def _remove(self, reflection_id: int) -> None:
        if reflection_id == self._to_remove:
            self.work.reflections.remove(reflection_id)
            self._to_remove = 0
            self._fetch()
        else:
            self._to_remove = reflection_id
            self.select(f"earlier_{reflection_id}")


def _said(reflection: ReflectionView) -> str:
    if reflection.kind == _CARE:
        return t("reflection.page.line", name=t("reflection.care"), text=reflection.keep)
    texts = [(name, getattr(reflection, name)) for name in _FIELDS]
    lines = [
        t("reflection.page.line", name=t(f"reflection.{name}"), text=text)
        for name, text in texts
        if text
    ]
    return BLANK.join(lines)
