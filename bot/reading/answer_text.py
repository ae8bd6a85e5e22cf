"""A pasted mail as sentences: quoting, HTML, broken lines and invisible signs taken away. Pure."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.domain.answers import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 20_000
LONGEST_SENTENCE = 120
"""Words; what has no full stop is cut, so that nothing is compared with everything."""
_INVISIBLE = dict.fromkeys((0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF))
_ENTITY = re.compile(r"&#?\w{1,10};")
_BLOCK = re.compile(r"</?(?:p|div|tr|td|table|li|ul|ol|h[1-6]|blockquote|hr)\b[^<>]{0,300}>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z!][^<>@]{0,300}>", re.IGNORECASE)
_LINK = re.compile(r"https?://[^\s<>]{1,2000}", re.IGNORECASE)
_QUOTE = re.compile(r"(?:[ \t]{0,8}>)+[ \t]?")
_RULED = re.compile(r"\s*(?:[-_=*]{2,}\s*\w.{0,80}\w\s*:?\s*[-_=*]{2,}|_{8,})\s*")
_HEADER = re.compile(r"\s*\*?[^\W\d_][^:\n]{0,20}\*?:\*?[ \t]+\S")
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-‐‑][ \t]*\n[ \t]*(?=[^\W\d_])")
_BULLET = re.compile(r"^[ \t]*(?:[-*•·–]|\d{1,2}[.)])[ \t]+", re.MULTILINE)
_TOKEN = re.compile(r"[^\W_]+|[.!?]+(?=[\s\"'»”“’)\]]|$)|;|\n\s*\n|[,:()\[\]–—|•]")
_DATED = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words in their plain form, `,` where a part of the sentence ends."""

    words: tuple[str, ...]
    asks: bool = False


def mails_of(text: str, quoting: re.Pattern[str]) -> list[str]:
    """The mails in a text, the topmost first; what is quoted or forwarded below is a mail of its own."""
    mails: list[list[str]] = [[]]
    depth = headers = 0
    parted = True
    lines = [_unquoted(line) for line in _cleaned(text).splitlines()]
    least = min((quotes for quotes, line in lines if line.strip()), default=0)
    for quotes, line in _unwrapped(lines, least):
        headers = headers + 1 if _HEADER.match(line) else 0
        deeper = quotes - least > depth and parted
        if line.strip() and (deeper or _RULED.fullmatch(line) or _announces(line, quoting)):
            mails.append([])
        elif headers == 3:  # noqa: PLR2004  # three lines such as “From: …” begin a forwarded mail
            mails.append(mails[-1][-2:])
            del mails[-2][-2:]
        depth = max(depth, quotes - least) if line.strip() else depth
        parted = not line.strip() or line.rstrip().endswith(":")
        mails[-1].append(line)
    return ["\n".join(mail) for mail in mails]


def _cleaned(text: str) -> str:
    shown = _ENTITY.sub(lambda found: html.unescape(found[0].lower()), text[:LONGEST].translate(_INVISIBLE))
    shown = _BLOCK.sub("\n\n", shown.translate(_INVISIBLE).replace("<br", "\n<br"))
    return _LINK.sub(" ", _TAG.sub(" ", shown))


def _unquoted(line: str) -> tuple[int, str]:
    quotes = _QUOTE.match(line)
    return (quotes[0].count(">"), line[quotes.end() :]) if quotes else (0, line)


def _unwrapped(lines: list[tuple[int, str]], least: int) -> Iterator[tuple[int, str]]:
    """Without marks that stand alone because the quoted lines were wrapped again: their words follow without a mark.

    They would part a sentence, and what is left of a refusal can sound like its contrary.
    """
    last = least
    for (quotes, line), (following, words) in pairwise([*lines, (0, "")]):
        if line.strip():
            last = quotes if quotes > least else last
        elif least < quotes == last and following == least and words.strip():
            continue
        yield quotes, line


def _announces(line: str, quoting: re.Pattern[str]) -> bool:
    """“On 3 May 2025 Meta wrote:”"""
    ends = line.rstrip().endswith(":") and ("@" in line or _DATED.search(line))
    return bool(ends and quoting.search(plain(line)))


def sentences_of(mail: str, abbreviations: frozenset[str]) -> Iterator[Sentence]:
    """The sentences of a mail. A line's end is no sentence's end, an empty line is."""
    words: list[str] = []
    for sign in _TOKEN.findall(_BULLET.sub("\n\n", plain_lines(mail))):
        if sign[0].isalnum():
            words.append(sign)
        elif sign in ",:()[]–—|•":
            words.append(",")
        elif sign != "." or not (words and _is_short(words[-1], abbreviations)):
            yield Sentence(tuple(words), asks="?" in sign)
            words = []
        if len(words) >= LONGEST_SENTENCE:
            yield Sentence(tuple(words))
            words = []
    yield Sentence(tuple(words))


def plain_lines(mail: str) -> str:
    """The plain form, with words joined that were parted at a line's end."""
    return plain(_HYPHEN.sub("", mail))


def _is_short(word: str, abbreviations: frozenset[str]) -> bool:
    return len(word) == 1 or word.isdecimal() or word in abbreviations
