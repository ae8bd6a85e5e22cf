"""What Meta's answer comes down to: sentence by sentence, by the words of answers.toml. Pure, linear in the text.

A doubt always counts against “accepted”: to stop keeping the dates because of a misread refusal is the one
mistake that costs somebody their right.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from bot.domain.answers import AnswerKind, Polarity
from bot.reading.answer_text import mails_of, sentences_of
from bot.reading.answer_verdict import Tally, verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.domain.answers import AnswerRule, AnswerRules, Lexicon, Phrase, Reading
    from bot.reading.answer_text import Sentence

GAP = 12
"""So many words at most stand in a gap."""
NEAR = 24
"""What belongs together is at most so many words apart."""
BEFORE, AFTER = 12, 8
"""How far a negation reaches, forwards and backwards."""
MANY = 4
"""So many everyday words show the language of a sentence."""
CLOSE = 0.75
"""A language with so many of the everyday words of the first may be it as well."""
MURKY = 0.5
"""What a denial weighs of which it is unclear whether it denies this."""


def read_answer(text: str, rules: AnswerRules) -> Reading:
    """The topmost mail that says something decides; older ones below it count less."""
    tallies: list[Tally] = []
    spoken: Counter[str] = Counter()
    for mail in mails_of(text, rules.quoting):
        sentences = [sentence for sentence in sentences_of(mail, rules.abbreviations) if sentence.words]
        languages = [_languages(sentence, rules) for sentence in sentences]
        main = _main(sentences, sum(languages, Counter[str]()), rules)
        tally = Tally()
        for sentence, own in zip(sentences, languages, strict=True):
            if main is not None:
                language = _language(own, main)
                spoken[language] += len(sentence.words)
                _count(sentence, rules.languages[language], rules.rules, tally)
        tallies.append(tally)
    return verdict(tallies, max(spoken, key=spoken.__getitem__, default=None))


def _languages(sentence: Sentence, rules: AnswerRules) -> Counter[str]:
    found: Counter[str] = Counter()
    for word in sentence.words:
        for language in rules.common.get(word, ()):
            found[language] += 1
    return found


def _main(sentences: list[Sentence], words: Counter[str], rules: AnswerRules) -> str | None:
    """The language of a mail; of close relatives the one with more of our phrases in it."""
    most = max(words.values(), default=0)
    near = [language for language, count in words.items() if count >= CLOSE * most]
    if len(near) < 2:  # noqa: PLR2004  # nothing to choose from
        return near[0] if near else None
    return max(near, key=lambda language: (_phrases(sentences, rules.languages[language]), words[language]))


def _phrases(sentences: list[Sentence], lexicon: Lexicon) -> int:
    return sum(len(places) for sentence in sentences for places in _hits(sentence, lexicon).values())


def _language(own: Counter[str], main: str) -> str:
    """A sentence is read in its own language if it shows one clearly, else in that of the mail."""
    best = max(own, key=own.__getitem__, default=main)
    return best if own[best] >= MANY and own[best] >= 2 * own[main] else main


def _count(sentence: Sentence, lexicon: Lexicon, rules: tuple[AnswerRule, ...], tally: Tally) -> None:
    hits, before = _hits(sentence, lexicon), sum(tally.total.values())
    for rule in rules:
        if rule.head in hits and rule.without.isdisjoint(hits):
            weight = max(_weight(rule, place, hits, lexicon) for place in hits[rule.head])
            tally.add(rule.kind, weight)
    if "negation" in hits and sum(tally.total.values()) == before:
        tally.denies = True


def _hits(sentence: Sentence, lexicon: Lexicon) -> dict[str, list[int]]:
    """Where each concept stands in a sentence."""
    hits: dict[str, list[int]] = defaultdict(list)
    words = sentence.words
    for place, word in enumerate(words):
        if word == ",":
            hits["boundary"].append(place)
            continue
        if word.isdecimal() and 5 <= len(word) <= 8:  # noqa: PLR2004  # as long as Meta's codes are
            hits["digits"].append(place)
        for phrase in _begun(word, lexicon):
            if not phrase.rest or _goes_on(phrase, words, place + 1):
                hits[phrase.concept].append(place)
    if sentence.asks:
        hits["question"].append(0)
    return dict(hits)


def _begun(word: str, lexicon: Lexicon) -> Iterator[Phrase]:
    yield from lexicon.whole.get(word, ())
    for length in range(lexicon.shortest, min(len(word), lexicon.longest) + 1):
        yield from lexicon.stems.get(word[:length], ())


def _goes_on(phrase: Phrase, words: tuple[str, ...], place: int) -> bool:
    reach = 0
    for wanted in phrase.rest:
        if wanted.is_gap:
            reach = GAP
            continue
        found = next((at for at in range(place, min(place + reach + 1, len(words))) if wanted.fits(words[at])), None)
        if found is None:
            return False
        place, reach = found + 1, 0
    return True


def _weight(rule: AnswerRule, place: int, hits: Mapping[str, list[int]], lexicon: Lexicon) -> float:
    for group in rule.needs:
        if not any(abs(at - place) <= NEAR for concept in group for at in hits.get(concept, ())):
            return 0
    if rule.polarity is Polarity.ANY:
        return rule.weight
    said = _said(place, hits, lexicon)
    if said is rule.polarity:
        return rule.weight
    return rule.weight * MURKY if said is Polarity.ANY and rule.kind is not AnswerKind.ACCEPTED else 0


def _said(place: int, hits: Mapping[str, list[int]], lexicon: Lexicon) -> Polarity:
    """Affirmed or denied; ANY where a negation stands nearby but may belong to another verb."""
    boundaries, doubt = hits.get("boundary", ()), False
    for negation in hits.get("negation", ()):
        low, high = sorted((negation, place))
        parted = any(low < at < high for at in boundaries)
        if negation <= place and not parted and place - negation <= BEFORE:
            return Polarity.DENIED
        if negation > place and not parted and lexicon.negation_follows and negation - place <= AFTER:
            return Polarity.DENIED
        other = any(low < at < high for concept in ("use", "contrast") for at in hits.get(concept, ()))
        doubt = doubt or (negation < place and not (parted and other))
    return Polarity.ANY if doubt else Polarity.AFFIRMED
