"""Telegram's HTML parse mode, by the rules of tdlib's `parse_html`: text and entities, or its error."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.errors import ApiError, bad_request

Entity = dict[str, Any]

KINDS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "span": "spoiler", "code": "code", "pre": "pre", "a": "text_link", "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}  # fmt: skip
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(
    r"&(?:#x([0-9a-fA-F]{1,6})(?![0-9a-fA-F])|#([0-9]{1,7})(?![0-9])|(lt|gt|amp|quot)(?![a-zA-Z]));?"
)
_PLAIN = re.compile(r"&?[^<&]*")
_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE = re.compile(r"[^\s=>/\"']*")
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_SPACE = re.compile(r"\s*")


def utf16(text: str) -> int:
    """The length in UTF-16 code units, which is how Telegram counts."""
    return len(text) + sum(character > "\uffff" for character in text)


@dataclass(slots=True)
class _Open:
    name: str
    argument: str
    offset: int
    begin: int


@dataclass(slots=True)
class _Parser:
    source: str
    at: int = 0
    text: str = ""
    offset: int = 0
    open: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def fail(self, what: str, at: int | None = None) -> ApiError:
        place = "" if at is None else f" at byte offset {len(self.source[:at].encode())}"
        return bad_request(f"can't parse entities: {what}{place}")

    def take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.source, self.at)
        self.at = found.end() if found else self.at
        return found.group() if found else ""

    def here(self) -> str:
        return self.source[self.at : self.at + 1]

    def add(self, text: str) -> None:
        self.text += text
        self.offset += utf16(text)


def parse(source: str) -> tuple[str, list[Entity]]:
    """The plain text with its entities; raises the 400 that Telegram would give."""
    parser = _Parser(source)
    while parser.at < len(parser.source):
        _step(parser)
    if parser.open:
        raise parser.fail(f'Can\'t find end tag corresponding to start tag "{parser.open[-1].name}"')
    return parser.text, [_without_language(entity) for entity in parser.entities]


def _step(parser: _Parser) -> None:
    if parser.here() == "<":
        (_end_tag if parser.source.startswith("</", parser.at) else _start_tag)(parser)
        return
    if parser.here() == "&" and (character := _reference(parser)):
        parser.add(character)
        return
    parser.add(parser.take(_PLAIN))


def _reference(parser: _Parser) -> str:
    """The character that `&…;` stands for; empty if it is none, and then nothing is taken."""
    found = _REFERENCE.match(parser.source, parser.at)
    if not found:
        return ""
    digits, base = (found[1], 16) if found[1] else (found[2], 10)
    number = ord(NAMED[found[3]]) if found[3] else int(digits, base)
    if not 0 < number < 0x10FFFF or 0xD800 <= number <= 0xDFFF:
        return ""
    parser.at = found.end()
    return chr(number)


def _start_tag(parser: _Parser) -> None:
    begin = parser.at
    parser.at += 1
    name = parser.take(_NAME).lower()
    if not parser.here():
        raise parser.fail("Unclosed start tag", begin)
    if name not in KINDS:
        raise parser.fail(f'Unsupported start tag "{name}"', begin)
    argument = _argument(parser, name, begin)
    if name == "span" and argument != "spoiler":
        raise parser.fail('Tag "span" must have class "tg-spoiler"', begin)
    parser.open.append(_Open(name, argument, parser.offset, len(parser.text)))


def _argument(parser: _Parser, name: str, begin: int) -> str:
    argument = ""
    while True:
        parser.take(_SPACE)
        if parser.here() == ">":
            parser.at += 1
            return argument
        attribute = parser.take(_ATTRIBUTE)
        if not attribute:
            raise parser.fail(f'Empty attribute name in the tag "{name}"', begin)
        argument = _meaning(name, attribute, _value(parser, name, begin)) or argument


def _meaning(tag: str, attribute: str, value: str | None) -> str:
    wanted = {"a": "href", "code": "class", "span": "class", "tg-emoji": "emoji-id"}
    prefix = {"code": "language-", "span": "tg-"}.get(tag, "")
    if tag == "blockquote" and attribute == "expandable":
        return "expandable"
    if value is None or wanted.get(tag) != attribute or not value.startswith(prefix):
        return ""
    return value.removeprefix(prefix)


def _value(parser: _Parser, name: str, begin: int) -> str | None:
    parser.take(_SPACE)
    if parser.here() != "=":
        if not parser.here():
            raise parser.fail(f'Unclosed start tag "{name}"', begin)
        return None
    parser.at += 1
    parser.take(_SPACE)
    value = _literal(parser) if parser.here() in {'"', "'"} else _name_token(parser)
    if not parser.here():
        raise parser.fail("Unclosed start tag", begin)
    return value


def _name_token(parser: _Parser) -> str:
    begin = parser.at
    token = parser.take(_TOKEN).lower()
    if parser.here() and not parser.here().isspace() and parser.here() != ">":
        raise parser.fail("Unexpected end of name token", begin)
    return token


def _literal(parser: _Parser) -> str:
    quote, value = parser.here(), ""
    parser.at += 1
    while parser.here() not in {quote, ""}:
        if parser.here() == "&" and (character := _reference(parser)):
            value += character
        else:
            value += parser.here()
            parser.at += 1
    parser.at += 1
    return value


def _end_tag(parser: _Parser) -> None:
    begin = parser.at
    if not parser.open:
        raise parser.fail("Unexpected end tag", begin)
    parser.at += 2
    name = parser.take(_NAME)
    parser.take(_SPACE)
    if parser.here() != ">":
        raise parser.fail("Unclosed end tag", begin)
    parser.at += 1
    tag = parser.open.pop()
    if name and name != tag.name:
        place = len(parser.source[:begin].encode())
        what = f'Unmatched end tag at byte offset {place}, expected "</{tag.name}>", found "</{name}>"'
        raise parser.fail(what)
    if parser.offset > tag.offset:
        _close(parser, tag)


def _close(parser: _Parser, tag: _Open) -> None:
    entity: Entity = {"type": KINDS[tag.name], "offset": tag.offset, "length": parser.offset - tag.offset}
    last = parser.entities[-1] if parser.entities else {}
    covers = (last.get("offset"), last.get("length")) == (entity["offset"], entity["length"])
    if tag.name == "pre" and covers and last.get("type") == "code" and last.get("language"):
        last["type"] = "pre"
    elif tag.name == "code" and covers and last.get("type") == "pre" and tag.argument:
        last["language"] = tag.argument
    else:
        parser.entities.append(entity | _extra(parser, tag))


def _extra(parser: _Parser, tag: _Open) -> Entity:
    match tag.name:
        case "a":
            return {"url": tag.argument or parser.text[tag.begin :]}
        case "code" if tag.argument:
            return {"language": tag.argument}
        case "tg-emoji":
            return {"custom_emoji_id": tag.argument}
        case "blockquote" if tag.argument:
            return {"type": "expandable_blockquote"}
    return {}


def _without_language(entity: Entity) -> Entity:
    if entity["type"] == "code":
        return {key: value for key, value in entity.items() if key != "language"}
    return entity
