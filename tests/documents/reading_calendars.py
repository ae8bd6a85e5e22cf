"""Reads a calendar file as RFC 5545 wants it: strictly, line by line, and with the library."""

from __future__ import annotations

from typing import Any

from icalendar import Calendar

ONCE = {
    "UID",
    "DTSTAMP",
    "DTSTART",
    "DTEND",
    "SUMMARY",
    "DESCRIPTION",
    "STATUS",
    "SEQUENCE",
    "LAST-MODIFIED",
    "CLASS",
    "TRANSP",
}


def lines_of(content: bytes) -> list[str]:
    """The unfolded lines; whatever RFC 5545, 3.1 forbids fails here."""
    assert content.endswith(b"\r\n")
    physical = content[:-2].split(b"\r\n")
    assert all(len(line) <= 75 for line in physical), "folded at 75 octets, the break not counted"
    assert not [line for line in physical if b"\n" in line or b"\r" in line]
    for line in physical:
        line.decode()  # no letter is torn by a fold
    return content[:-2].replace(b"\r\n ", b"").decode().split("\r\n")


def entries_of(content: bytes) -> dict[str, Any]:
    """The entries by their UID, after all that must hold for every file."""
    lines = lines_of(content)
    assert lines[:5] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//objection-bot//dates 1//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ]
    assert lines[-1] == "END:VCALENDAR"
    assert not [line for line in lines if "TZID" in line or "VTIMEZONE" in line], "whole days need no zone"
    made = Calendar.from_ical(content)
    found = {str(event["UID"]): event for event in made.walk("VEVENT")}
    assert len(found) == len(made.walk("VEVENT")), "a UID is there once"
    for event in found.values():
        assert not event.errors
        assert ONCE - {"URL"} <= set(event) <= {*ONCE, "URL"}
        assert not [name for name in event if isinstance(event[name], list)]
    return found
