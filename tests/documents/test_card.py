"""The picture to print: read back module by module, with its quiet zone."""

from __future__ import annotations

import struct
import zlib

import pytest
import segno

from bot.documents.card import AT_LEAST, QUIET_ZONE, picture
from conversations.share.flow import link

LINK = link("objection_sandbox_bot", "de_facebook_de")
LINKS = [LINK, link("a_bot", ""), link("b" * 32, "x" * 64)]


def chunks(png: bytes) -> dict[bytes, bytes]:
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    found: dict[bytes, bytes] = {}
    place = 8
    while place < len(png):
        length, kind = struct.unpack(">I4s", png[place : place + 8])
        content = png[place + 8 : place + 8 + length]
        assert struct.unpack(">I", png[place + 8 + length : place + 12 + length])[0] == zlib.crc32(kind + content)
        found[kind] = found.get(kind, b"") + content
        place += 12 + length
    return found


def dots(png: bytes) -> list[str]:
    """The rows of the picture: 0 is black. One bit a dot, neither colour nor transparency."""
    parts = chunks(png)
    width, height, depth, kind, *_ = struct.unpack(">IIBBBBB", parts[b"IHDR"])
    assert (depth, kind) == (1, 0)
    assert b"tRNS" not in parts
    content, row = zlib.decompress(parts[b"IDAT"]), 1 + (width + 7) // 8
    rows: list[bytes] = []
    for start in range(0, len(content), row):
        line, above = content[start + 1 : start + row], rows[-1] if rows else bytes(row - 1)
        assert content[start] in {0, 2}, "no filter, or the line above added"
        rows.append(
            bytes((one + other) % 256 for one, other in zip(line, above, strict=True)) if content[start] else line
        )
    assert len(rows) == height
    return ["".join(f"{byte:08b}" for byte in each)[:width] for each in rows]


@pytest.mark.parametrize("address", LINKS)
def test_it_is_a_square_wide_enough_for_print(address):
    rows = dots(picture(address))
    assert AT_LEAST <= len(rows) < 2 * AT_LEAST
    assert {len(row) for row in rows} == {len(rows)}


@pytest.mark.parametrize("address", LINKS)
def test_every_module_is_there_and_around_them_four_of_white(address):
    code = segno.make(address, error="q", micro=False)
    rows, modules = dots(picture(address)), len(code.matrix) + 2 * QUIET_ZONE
    scale, rest = divmod(len(rows), modules)
    assert rest == 0
    middles = [row[scale // 2 :: scale] for row in rows[scale // 2 :: scale]]
    expected = ["".join("10"[bit] for bit in row) for row in code.matrix]
    assert [row[QUIET_ZONE:-QUIET_ZONE] for row in middles[QUIET_ZONE:-QUIET_ZONE]] == expected
    assert set("".join(middles[:QUIET_ZONE] + middles[-QUIET_ZONE:])) == {"1"}
    assert set("".join(row[:QUIET_ZONE] + row[-QUIET_ZONE:] for row in middles)) == {"1"}


def test_a_quarter_of_it_may_be_lost():
    assert segno.make(LINK, error="q", micro=False).error in {"Q", "H"}
    assert QUIET_ZONE == 4


def test_it_is_small_and_always_the_same():
    assert picture(LINK) == picture(LINK)
    assert len(picture(LINK)) < 5_000


def test_its_size_in_print_is_known():
    assert struct.unpack(">IIB", chunks(picture(LINK))[b"pHYs"]) == (11811, 11811, 1)
