"""The picture of the last 30 days: different days give different pictures, also without colours."""

import struct
import zlib
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from bot.documents import history
from bot.documents.history import DARK, LIGHT, draw
from bot.documents.png import smaller
from bot.domain.columns import Shade
from bot.domain.days import Day

TODAY = date(2026, 12, 1)
WORDS = ("Facebook, Germany", "On 30 of the last 30 days the form answered.")
BY_SHADE = {
    Shade.ANSWERED: Day(TODAY, ok=48),
    Shade.DOUBTFUL: Day(TODAY, ok=8, bad=40),
    Shade.DOWN: Day(TODAY, ok=24, bad=24, down=43_200),
    Shade.UNSEEN: Day(TODAY),
}


def size(png: bytes) -> tuple[int, int]:
    return struct.unpack(">II", png[16:24])


def brightness(hexadecimal: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = (int(hexadecimal[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def strokes(days: list[Day]) -> list[tuple[str, ...]]:
    """Every shape of the drawing, its colours left out."""
    drawn = ET.fromstring(draw(days, TODAY, *WORDS, kind="svg"))
    return [(each.tag, each.get("d", ""), each.get("transform", "")) for each in drawn.iter() if each.tag[-3:] != "use"]


def test_each_kind_of_day_has_a_shape_of_its_own():
    shapes = [strokes([day]) for day in BY_SHADE.values()]
    assert all(one != other for place, one in enumerate(shapes) for other in shapes[:place])


def test_a_longer_outage_is_a_taller_one_and_the_shortest_is_still_seen():
    lengths = [strokes([Day(TODAY, ok=1, down=seconds)]) for seconds in (60, 43_200, 86_400)]
    assert lengths[0] != lengths[1] != lengths[2]
    assert lengths[0] != strokes([Day(TODAY, ok=1)])


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_every_colour_stands_out_from_its_paper(colours):
    paper = brightness(colours["paper"])
    for name in set(colours) - {"paper"}:
        dark, light = sorted((brightness(colours[name]), paper))
        assert (light + 0.05) / (dark + 0.05) >= (7 if name == "ink" else 3)


def test_the_same_content_is_drawn_once_and_other_content_anew():
    first = draw(list(BY_SHADE.values())[:1], TODAY, *WORDS)
    hits = history._drawn.cache_info().hits
    assert draw([Day(TODAY, ok=48)], TODAY, *WORDS) is first
    assert history._drawn.cache_info().hits == hits + 1
    assert draw([Day(TODAY, ok=48)], TODAY, *WORDS, dark=True) != first
    assert history._drawn.cache_info().maxsize == history.KEPT


def test_it_fits_a_phone_and_a_message():
    png = draw([], TODAY, *WORDS, translate=str.upper)
    wide, high = size(png)
    assert 800 <= wide <= 1280
    assert high < wide
    assert len(png) < 100_000


def test_it_has_words_for_those_who_do_not_see_it_and_takes_them_as_words():
    svg = draw([], TODAY, "<b>#panic()", '$x$ *y* "z" & more', kind="svg")
    root = ET.fromstring(svg)
    assert root.get("role") == "img"
    assert [each.text for each in root[:2]] == ["<b>#panic()", '$x$ *y* "z" & more']


def test_packing_changes_no_dot():
    made = draw([], TODAY, *WORDS)
    again = smaller(made)
    assert again == made
    assert made[:8] == b"\x89PNG\r\n\x1a\n"
    wide, high = size(made)
    data = made[made.index(b"IDAT") + 4 : made.index(b"IEND") - 8]
    assert len(zlib.decompress(data)) == high * (4 * wide + 1)
