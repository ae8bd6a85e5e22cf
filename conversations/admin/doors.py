"""Buttons that lead from one of the operators' screens to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.steps import N_, Choice

if TYPE_CHECKING:
    from collections.abc import Callable

    from conversations.scene import Scene

DESK = Choice("desk", N_("Overview"), "admin/desk")
ALL = Choice("announcements", N_("Announcements"), "admin/announcements")
OUTAGES = Choice("outages", N_("Outages"), "admin/outages")


def about(what: str, **more: str) -> Callable[[Scene], Scene]:
    """Talk about this from now on."""

    def turned(scene: Scene) -> Scene:
        for key, value in {"about": what, "head": "", **more}.items():
            scene = scene.with_answer(key, value)
        return scene

    return turned


def _plain(verb: str, label: str, to: str) -> Callable[[str], Choice]:
    return lambda what: Choice(f"{verb}.{what}", label, to, about(what))


OPEN = _plain("open", N_("How it stands"), "admin/announcement")
WHY = _plain("why", N_("Why"), "admin/why")
SURE = _plain("sure", N_("Announce"), "admin/sure")
SEND = _plain("sure", N_("Send"), "admin/sure")
ON = _plain("sure", N_("Tell the others after all"), "admin/sure")
PREVIEW = _plain("preview", N_("Preview"), "admin/preview")
DOSSIER = _plain("report", N_("Report, PDF"), "admin/report")
OURS = _plain("ours", N_("Our fault"), "admin/correct")
FIX = _plain("ours", N_("Correct"), "admin/correct")
BACK_TO = _plain("open", N_("Leave it"), "admin/announcement")
CORRECTION = _plain("open", N_("The correction"), "admin/announcement")
OUTAGE = _plain("outage", N_("Back to the outage"), "admin/outage")
