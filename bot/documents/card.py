"""The link to the bot as a picture to print: a QR code, black on white, with its quiet zone."""

from __future__ import annotations

from io import BytesIO

import segno

FILE = "objection-bot.png"
MIME = "image/png"
LEVEL = "q"
"""A quarter of it may be dirty or torn: leaflets are folded, and hang in the rain."""
QUIET_ZONE = 4
"""Modules of white around it (ISO/IEC 18004); without them many phones do not find it."""
AT_LEAST = 600
"""Pixels a side: five centimetres in print at 300 dots an inch."""
DOTS_AN_INCH = 300


def picture(link: str) -> bytes:
    """The QR code of a link as PNG, at least 600 pixels wide."""
    code = segno.make(link, error=LEVEL, micro=False)
    modules, _ = code.symbol_size(border=QUIET_ZONE)
    buffer = BytesIO()
    code.save(
        buffer, kind="png", scale=-(-AT_LEAST // int(modules)), border=QUIET_ZONE, light="white", dpi=DOTS_AN_INCH
    )
    return buffer.getvalue()
