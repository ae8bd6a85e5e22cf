"""Reads answers.toml and answers/<language>.toml: by what Meta's answer is recognised."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from bot.domain.answers import AnswerKind, AnswerRule, AnswerRules, Lexicon, Phrase, Polarity, Word, plain
from bot.domain.errors import KnowledgeError
from bot.knowledge.files import Files
from bot.knowledge.schema import Entry, Language, Text, Texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

SHARED = "answers.toml"
GIVEN = frozenset({"question", "digits"})
"""Concepts that the reader sees without words."""


class RuleEntry(Entry):
    """A rule, or (`settings`) what all languages share."""

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
    """The languages there are, and abbreviations that end in a full stop."""

    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    abbreviations: Texts


def load_answers(overlay: Path | None = None) -> AnswerRules:
    """The rules and words by which answers are read; the operator's records win by id."""
    files = Files(overlay)
    shared = files.entries("answers/shared.toml", SharedEntry)
    languages = [language for entry in shared.values() for language in entry.languages]
    entries = {language: files.entries(f"answers/{language}.toml", WordsEntry) for language in languages}
    phrases = {language: _phrases(own.values()) for language, own in entries.items()}
    return AnswerRules(
        rules=tuple(_rules(files, {concept for own in phrases.values() for concept in own} | GIVEN)),
        languages={
            language: _lexicon(own, follows=any(entry.negation_follows for entry in entries[language].values()))
            for language, own in phrases.items()
        },
        common=_common(phrases),
        abbreviations=frozenset(plain(word) for entry in shared.values() for word in entry.abbreviations),
        quoting=_quoting(phrases.values()),
    )


def _rules(files: Files, known: set[str]) -> Iterator[AnswerRule]:
    for id_, entry in files.entries(SHARED, RuleEntry).items():
        needs = tuple(tuple(group.split("|")) for group in entry.needs)
        for concept in (entry.head, *entry.without, *(one for group in needs for one in group)):
            if concept not in known:
                raise KnowledgeError(f"{SHARED}: {id_}: no language has words for {concept}")
        yield AnswerRule(entry.kind, entry.weight, entry.head, entry.polarity, needs, frozenset(entry.without))


def _phrases(entries: Iterable[WordsEntry]) -> dict[str, list[str]]:
    """The plain phrases of a language by concept."""
    found = defaultdict(list)
    for entry in entries:
        for concept, phrases in entry.words.items():
            found[concept] += [spoken for phrase in plain(phrases).split(",") if (spoken := phrase.strip())]
    return found


def _lexicon(phrases: Mapping[str, list[str]], *, follows: bool) -> Lexicon:
    whole: dict[str, list[Phrase]] = defaultdict(list)
    stems: dict[str, list[Phrase]] = defaultdict(list)
    for concept, spoken in phrases.items():
        for phrase in spoken if concept not in {"common", "wrote"} else ():
            for first, *rest in product(*(_alternatives(word) for word in phrase.split())):
                (stems if first.is_stem else whole)[first.text].append(Phrase(concept, tuple(rest)))
    lengths = [len(stem) for stem in stems] or [1]
    return Lexicon(
        {word: tuple(own) for word, own in whole.items()},
        {stem: tuple(own) for stem, own in stems.items()},
        min(lengths),
        max(lengths),
        follows,
    )


def _alternatives(word: str) -> list[Word]:
    if word == "...":
        return [Word("", is_gap=True)]
    return [Word(one.removesuffix("*"), is_stem=one.endswith("*")) for one in word.split("/")]


def _common(phrases: Mapping[str, Mapping[str, list[str]]]) -> dict[str, tuple[str, ...]]:
    """Everyday words are written in one string, with spaces between them."""
    found: dict[str, list[str]] = defaultdict(list)
    for language, own in phrases.items():
        for word in dict.fromkeys(" ".join(own.get("common", ())).split()):
            found[word].append(language)
    return {word: tuple(languages) for word, languages in found.items()}


def _quoting(phrases: Iterable[Mapping[str, list[str]]]) -> re.Pattern[str]:
    words = sorted({word for own in phrases for word in own.get("wrote", ())})
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words)) or '(?!)'})\b")
