"""Entities after parsing: checked, trimmed, completed by what Telegram finds, and written as HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.sandbox.telegram_html import utf16

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bot.sandbox.telegram_html import Entity

_FOUND = re.compile(
    r"(?P<bot_command>(?<![\w/@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/]))"
    r"|(?P<url>(?<![\w@.])(?:https?://|tg://)[^\s<>\"“”«»]+[^\s<>\"“”«».,;:!?)\]'])"
    r"|(?P<email>(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,24}(?![\w-]))"
    r"|(?P<mention>(?<![\w@/])@[A-Za-z][A-Za-z0-9_]{3,31}(?!\w))"
)
_ALONE = {"pre", "code"}
_TAGS = {
    "bold": "strong", "italic": "em", "underline": "u", "strikethrough": "s", "code": "code", "pre": "pre",
    "blockquote": "blockquote", "expandable_blockquote": "blockquote",
}  # fmt: skip


def link(url: str) -> str | None:
    """The link as Telegram keeps it, or None if it is none."""
    full = url if "://" in url else f"http://{url}"
    try:
        parts = urlsplit(full)
    except ValueError:
        return None
    if parts.scheme.lower() == "tg" and parts.netloc:
        return full
    host = parts.hostname or ""
    if parts.scheme.lower() not in {"http", "https"} or re.search(r"\s", full):
        return None
    if "." not in host.strip(".") and host != "localhost":
        return None
    return full if parts.path or parts.query or parts.fragment else f"{full}/"


def tidy(text: str, entities: Sequence[Entity]) -> tuple[str, list[Entity]]:
    """Trim the text, drop what Telegram drops, add commands, links and addresses it finds."""
    text = "".join(character if character >= " " or character in "\n\t" else " " for character in text)
    right = text.rstrip(" \n\t")
    # What an entity begins with stays, even if it is a space.
    first = min((entity["offset"] for entity in entities), default=len(right))
    shift = min(len(right) - len(right.lstrip(" \n\t")), first)
    left = right[shift:]
    length = utf16(left)
    kept = [moved for entity in entities if (moved := _clip(entity, shift, length))]
    kept = _unnested([checked for entity in kept if (checked := _checked(entity))])
    return left, sorted([*kept, *_found(left, kept)], key=_order)


def _order(entity: Entity) -> tuple[int, int]:
    return entity["offset"], -entity["length"]


def _clip(entity: Entity, shift: int, length: int) -> Entity | None:
    begin = max(0, entity["offset"] - shift)
    end = min(length, entity["offset"] - shift + entity["length"])
    return entity | {"offset": begin, "length": end - begin} if end > begin else None


def _checked(entity: Entity) -> Entity | None:
    if entity["type"] != "text_link":
        return entity
    url = link(entity["url"])
    return entity | {"url": url} if url else None


def _inside(inner: Entity, outer: Entity) -> bool:
    begin, end = outer["offset"], outer["offset"] + outer["length"]
    return bool(begin <= inner["offset"] and inner["offset"] + inner["length"] <= end)


def _overlap(one: Entity, other: Entity) -> bool:
    return bool(one["offset"] < other["offset"] + other["length"] and other["offset"] < one["offset"] + one["length"])


def _unnested(entities: list[Entity]) -> list[Entity]:
    """Without what stands inside code, and without a kind inside its own kind."""
    kept: list[Entity] = []
    # The parser gives inner ones first; of two that cover the same the outer one decides.
    outer_first = [*reversed(entities)]
    outer_first.sort(key=_order)
    for entity in outer_first:
        around = [other for other in kept if _inside(entity, other)]
        if not any(other["type"] in {*_ALONE, entity["type"]} for other in around):
            kept.append(entity)
    return kept


def _found(text: str, taken: list[Entity]) -> list[Entity]:
    closed = [entity for entity in taken if entity["type"] in {*_ALONE, "text_link"}]
    found: list[Entity] = [
        {
            "type": match.lastgroup,
            "offset": utf16(text[: match.start()]),
            "length": utf16(match.group()),
        }
        for match in _FOUND.finditer(text)
    ]
    return [entity for entity in found if not any(_overlap(entity, other) for other in closed)]


def to_html(text: str, entities: Iterable[Entity], leads: Callable[[str], str] = str) -> str:
    """The text as safe HTML; `leads` says where a link goes. Entities nest, line ends stay line ends."""
    return _Writer(text.encode("utf-16-le", "surrogatepass"), leads).span(0, None, sorted(entities, key=_order))


@dataclass(frozen=True, slots=True)
class _Writer:
    units: bytes
    leads: Callable[[str], str]

    def span(self, begin: int, end: int | None, entities: list[Entity]) -> str:
        parts, at, rest = [], begin, list(entities)
        while rest:
            entity, rest = rest[0], rest[1:]
            if entity["offset"] < at:
                continue
            stop = entity["offset"] + entity["length"]
            within = [other for other in rest if _inside(other, entity)]
            rest = [other for other in rest if not _inside(other, entity)]
            parts.append(escape(self.plain(at, entity["offset"])))
            parts.append(self.wrapped(entity, self.span(entity["offset"], stop, within)))
            at = stop
        return "".join([*parts, escape(self.plain(at, end))])

    def plain(self, begin: int, end: int | None) -> str:
        return self.units[2 * begin : None if end is None else 2 * end].decode("utf-16-le", "replace")

    def wrapped(self, entity: Entity, inner: str) -> str:
        kind = entity["type"]
        if kind in {"text_link", "url"}:
            target = entity.get("url") or self.plain(entity["offset"], entity["offset"] + entity["length"])
            href = escape(self.leads(target))
            return f'<a href="{href}" target="_blank" rel="noopener noreferrer">{inner}</a>'
        if tag := _TAGS.get(kind):
            return f"<{tag}>{inner}</{tag}>"
        return f'<span class="{kind}">{inner}</span>'
