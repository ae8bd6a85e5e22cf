"""Outages as an Atom feed (RFC 4287): an entry for each, changed when it ends or is corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from bot.rendering.languages import catalogue
from bot.web.rendering import words
from bot.web.words import iso

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.domain.incidents import Incident
    from bot.use_cases.published import Outage

ATOM = "http://www.w3.org/2005/Atom"
ENTRIES = 60
EPOCH = "1970-01-01T00:00:00Z"


def _N(message: str) -> str:  # noqa: N802  # marked for translation, translated below
    return message


def feed(outages: Sequence[Outage], language: str, author: str, ended: datetime | None = None) -> bytes:
    """The newest outages by their last change; above them, if so, that the service ended."""
    newest = sorted(outages, key=lambda each: _changed(each.incident), reverse=True)[:ENTRIES]
    translate = catalogue(language).gettext
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": language})
    _add(root, "id", _name("feed"))
    _add(root, "title", translate(_N("Outages of Meta's objection forms")))
    changed = ended or (_changed(newest[0].incident) if newest else None)
    _add(root, "updated", iso(changed) if changed else EPOCH)
    _add(_add(root, "author"), "name", author or "Objection Bot")
    _add(root, "link", rel="self", href=f"status.atom?lang={language}")
    _add(root, "link", rel="alternate", type="text/html", href=f"status?lang={language}")
    if ended:
        _end(root, ended, language)
    for each in newest:
        _entry(root, each, language)
    body: bytes = ET.tostring(root, "utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + body


def _end(root: ET.Element, ended: datetime, language: str) -> None:
    translate = catalogue(language).gettext
    entry = _add(root, "entry")
    _add(entry, "id", _name("end"))
    _add(entry, "title", translate(_N("The service has ended")))
    _add(entry, "updated", iso(ended))
    _add(entry, "published", iso(ended))
    _add(entry, "link", rel="alternate", type="text/html", href=f"status?lang={language}")
    _add(entry, "summary", translate(_N("Nothing is looked at any more; what stands here was seen until then.")))


def _entry(root: ET.Element, outage: Outage, language: str) -> None:
    it = outage.incident
    entry = _add(root, "entry")
    _add(entry, "id", _name(f"{it.id} {it.form} {it.country} {iso(it.started_at)}"))
    _add(entry, "title", _title(outage, language))
    _add(entry, "updated", iso(_changed(it)))
    _add(entry, "published", iso(it.confirmed_at))
    _add(entry, "link", rel="alternate", type="text/html", href=f"status/incident/{it.id}?lang={language}")
    _add(entry, "summary", _summary(it, language))


def _title(outage: Outage, language: str) -> str:
    it, said, translate = outage.incident, words(language), catalogue(language).gettext
    form = f"{said.country(it.country)}, {said.form(outage.form)}"
    if it.corrected_at:
        return translate(_N("Corrected, no outage: {form}")).format(form=form)
    if it.ended_at:
        return translate(_N("Answers again: {form}")).format(form=form)
    return translate(_N("Outage: {form}")).format(form=form)


def _summary(it: Incident, language: str) -> str:
    said = words(language).filters()
    until = f" – {said['moment'](it.ended_at)}" if it.ended_at else ""
    causes = ", ".join(said["cause"](each) for each in it.causes)
    wrong = f". {said['correction'](it.correction)}" if it.corrected_at and it.correction else ""
    return f"{said['moment'](it.started_at)}{until}: {causes}; {said['proof'](it.proof)}{wrong}"


def _changed(it: Incident) -> datetime:
    return max(each for each in (it.confirmed_at, it.ended_at, it.corrected_at) if each)


def _name(what: str) -> str:
    """A lasting name that does not depend on the address under which the page is reached."""
    return uuid5(NAMESPACE_URL, f"objection-bot {what}").urn


def _add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, attributes)
    element.text = text or None
    return element
