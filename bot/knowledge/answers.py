"""Reads answers.toml and answers/<language>.toml: by what Meta's answer is recognised."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from itertools import product
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from bot.domain.answers import AnswerKind, AnswerRule, AnswerRules, Lexicon, Phrase, Polarity, Word, plain
from bot.domain.errors import KnowledgeError
from bot.knowledge.files import Files
from bot.knowledge.schema import Entry, Text, Texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

SHARED = "answers.toml"
GIVEN = frozenset({"question", "digits"})
"""Concepts that the reader sees without words."""


class RuleEntry(Entry):
    """A rule; what it means stands in the file's head."""

    evidence: Literal["seen", "inferred"]
    kind: AnswerKind
    weight: Annotated[float, Field(gt=0, le=5)]
    head: Text
    polarity: Polarity = Polarity.ANY
    needs: Texts = ()
    without: Texts = ()


class WordsEntry(Entry):
    """Phrases by concept: `,` between phrases, `/` between alternatives of a word, `*` a stem, `...` a gap."""

    evidence: Literal["seen", "inferred"]
    words: Annotated[dict[Text, Text], Field(min_length=1)]
    negation_follows: bool = False


class SharedEntry(Entry):
    """`shared`: all concepts, and abbreviations. Else a language: everyday words, and those before a quoted mail."""

    concepts: Texts = ()
    abbreviations: Texts = ()
    common: str = ""
    wrote: str = ""


class Lexicons(Mapping[str, Lexicon]):
    """The words by language. A language's file is read when a text is written in it: all of them take too long."""

    def __init__(self, files: Files, languages: Iterable[str], concepts: frozenset[str]) -> None:
        self._files, self._concepts = files, concepts
        self._read: dict[str, Lexicon | None] = dict.fromkeys(languages)

    def __getitem__(self, language: str) -> Lexicon:
        return self._read[language] or self._reading(language)

    def __iter__(self) -> Iterator[str]:
        return iter(self._read)

    def __len__(self) -> int:
        return len(self._read)

    def _reading(self, language: str) -> Lexicon:
        name = f"answers/{language}.toml"
        entries = self._files.entries(name, WordsEntry)
        for id_, entry in entries.items():
            _refuse_unknown(name, id_, entry.words, self._concepts)
        lexicon = _lexicon(_phrases(entries.values()), follows=any(one.negation_follows for one in entries.values()))
        self._read[language] = lexicon
        return lexicon


def load_answers(overlay: Path | None = None) -> AnswerRules:
    """The rules by which answers are read; the operator's records win by id."""
    files = Files(overlay)
    shared = files.entries("answers/shared.toml", SharedEntry)
    concepts = frozenset(concept for entry in shared.values() for concept in entry.concepts)
    languages = {id_: entry for id_, entry in shared.items() if entry.common}
    return AnswerRules(
        rules=tuple(_rules(files, concepts | GIVEN)),
        languages=Lexicons(files, languages, concepts),
        common=_common(languages),
        abbreviations=frozenset(plain(word) for entry in shared.values() for word in entry.abbreviations),
        quoting=_quoting(languages.values()),
    )


def _rules(files: Files, known: frozenset[str]) -> Iterator[AnswerRule]:
    for id_, entry in files.entries(SHARED, RuleEntry).items():
        needs = tuple(tuple(group.split("|")) for group in entry.needs)
        _refuse_unknown(SHARED, id_, (entry.head, *entry.without, *(one for group in needs for one in group)), known)
        yield AnswerRule(entry.kind, entry.weight, entry.head, entry.polarity, needs, frozenset(entry.without))


def _refuse_unknown(name: str, record: str, concepts: Iterable[str], known: frozenset[str]) -> None:
    for concept in concepts:
        if concept not in known:
            raise KnowledgeError(f"{name}: {record}: no such concept: {concept}")


def _phrases(entries: Iterable[WordsEntry]) -> dict[str, list[str]]:
    """The plain phrases of a language by concept."""
    found: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        for concept, phrases in entry.words.items():
            found[concept] += [spoken for phrase in plain(phrases).split(",") if (spoken := phrase.strip())]
    return found


def _lexicon(phrases: Mapping[str, list[str]], *, follows: bool) -> Lexicon:
    whole: dict[str, list[Phrase]] = defaultdict(list)
    stems: dict[str, list[Phrase]] = defaultdict(list)
    for concept, spoken in phrases.items():
        for phrase in spoken:
            for first, *rest in product(*(_alternatives(word) for word in phrase.split())):
                (stems if first.is_stem else whole)[first.text].append(Phrase(concept, tuple(rest)))
    lengths = [len(stem) for stem in stems] or [1]
    return Lexicon(
        whole={word: tuple(own) for word, own in whole.items()},
        stems={stem: tuple(own) for stem, own in stems.items()},
        shortest=min(lengths), longest=max(lengths), negation_follows=follows,
    )  # fmt: skip


def _alternatives(word: str) -> list[Word]:
    if word == "...":
        return [Word("", is_gap=True)]
    return [Word(one.removesuffix("*"), is_stem=one.endswith("*")) for one in word.split("/")]


def _common(languages: Mapping[str, SharedEntry]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for language, entry in languages.items():
        for word in dict.fromkeys(plain(entry.common).split()):
            found[word].append(language)
    return {word: tuple(own) for word, own in found.items()}


def _quoting(entries: Iterable[SharedEntry]) -> re.Pattern[str]:
    words = sorted({word.strip() for entry in entries for word in plain(entry.wrote).split(",")})
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")
