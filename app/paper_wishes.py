"""What papers need of the settings, and how they are wanted."""

from __future__ import annotations

from app.consulting import zone_of
from app.handing_over import author_of
from app.settings import Settings
from call.decision import Situation
from handoff.absence_note import Sender
from handoff.bundle import Stamp
from handoff.document import PageSize
from handoff.masks import Mask
from handoff.papers import Desk
from ui.port.paper_shelf import MASKS, LeaveOut


def usual(settings: Settings) -> LeaveOut:
    """What the settings say is left out."""
    masks = tuple(mask for mask in MASKS if settings.text(f"papers.mask_{mask}") == "on")
    return LeaveOut(masks, settings.text("papers.letter"))


def masks_of(wanted: LeaveOut) -> tuple[Mask, ...]:
    """The masks as the handoff room names them, in its order."""
    return tuple(mask for mask in Mask if mask in wanted.masks)


def desk_of(settings: Settings, at: Situation, wanted: LeaveOut) -> Desk:
    """What papers need to know besides the case."""
    keys = ("company", "department", "contact_tel", "hours")
    return Desk(
        author=author_of(settings),
        sender=Sender(*(settings.text(f"desk.{key}") for key in keys)),
        zone=zone_of(at.now),
        masks=masks_of(wanted),
        letter=PageSize(wanted.letter),
    )


def stamp_of(settings: Settings, at: Situation) -> Stamp:
    """Who makes a file when."""
    author = author_of(settings)
    return Stamp(
        made_at=at.now.wall.astimezone(zone_of(at.now)),
        company=author.company,
        department=author.department,
        name=author.name,
    )
