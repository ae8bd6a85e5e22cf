"""The host of an address as a browser would take it, and the letters that only look like others. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterable

SHORTEST_INSIDE = 7
"""From that many letters on a name counts inside a label too: `facebook` in `my-facebook`, not `meta` in `metal`."""
_LABEL = re.compile(r"[a-z0-9_-]{1,63}")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
_DOTS = str.maketrans({"\u3002": ".", "\uff0e": ".", "\uff61": "."})
_BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0\u034f\u180b\u180c\u180d\u180e")
_VARIANTS = range(0xFE00, 0xFE10)
_LOOK_LIKE = {
    "a": "аɑαᴀ",
    "b": "ьᏼЬвʙƀ",
    "c": "сϲςᴄƈ",
    "d": "ԁɗժ",
    "e": "еєҽᴇэɛε",
    "f": "ƒꜰẝ",
    "g": "ɡցɢԍ",
    "h": "һнʜհ",
    "i": "іıɩιӏɪ",
    "j": "јϳ",
    "k": "кκᴋқ",
    "l": "ʟⅼł",
    "m": "мᴍⅿ",
    "n": "пռɴηո",
    "o": "оοσөᴏօø",
    "p": "рρᴘ",
    "r": "гᴦʀ",
    "s": "ѕꜱʂ",
    "t": "тτᴛŧ",
    "u": "υսᴜц",
    "v": "ѵνᴠⅴ",
    "w": "ѡԝաᴡɯ",
    "x": "хχ",
    "y": "уүγʏყ",
    "z": "ᴢʐ",
}
"""Latin letters, and those of other scripts that pass for them."""
_LOOKS = {ord(sign): latin for latin, signs in _LOOK_LIKE.items() for sign in signs}


@dataclass(frozen=True, slots=True)
class Host:
    """`name` is what is asked of the network (ASCII), `shown` what the person sees, `plain` if both were typed so."""

    name: str
    shown: str
    plain: bool

    @property
    def is_number(self) -> bool:
        """A browser takes a host that ends in a number for a number of the network."""
        return _NUMBER.fullmatch(self.name.rpartition(".")[2]) is not None


def is_invisible(sign: str) -> bool:
    """Tell whether a sign takes part in a text without being seen."""
    return unicodedata.category(sign) in {"Cf", "Cc"} or sign in _BLANKS or ord(sign) in _VARIANTS


def visible(text: str) -> str:
    """The text without its invisible signs."""
    return text if text.isascii() and text.isprintable() else "".join(each for each in text if not is_invisible(each))


def read_host(typed: str) -> Host | None:
    """The host, None if no browser would take it for one."""
    given = unquote(typed) if "%" in typed else typed
    shown = unicodedata.normalize("NFKC", given.translate(_DOTS)).lower().removesuffix(".")
    labels = [_ascii(label) for label in shown.split(".")]
    if "\ufffd" in shown or any(label is None or not _LABEL.fullmatch(label) for label in labels):
        return None
    name = ".".join(label or "" for label in labels)
    return Host(name, ".".join(_unicode(label or "") for label in labels), plain=given.isascii() and "xn--" not in name)


def passes_for(host: Host, domains: Iterable[str]) -> str:
    """The domain whose name the host writes in other letters, empty if none."""
    if host.plain:
        return ""
    skeletons = [_skeleton(label) for label in host.shown.split(".")]
    for domain in sorted(domains, key=len, reverse=True):
        name = domain.partition(".")[0]
        if any(name == each or (name in each and len(name) >= SHORTEST_INSIDE) for each in skeletons):
            return domain
    return ""


def _skeleton(label: str) -> str:
    decomposed = unicodedata.normalize("NFKD", label)
    plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return plain.lower().translate(_LOOKS)


def _ascii(label: str) -> str | None:
    if label.isascii():
        return label
    try:
        return f"xn--{label.encode('punycode').decode('ascii')}"
    except UnicodeError:
        return None


def _unicode(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError, OverflowError):
        return label
