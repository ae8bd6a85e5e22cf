"""How well typed questions find their answers, beside two plain ways: `python -m tests.benchmarks.questions`."""

from __future__ import annotations

import json
import statistics
import time
import tracemalloc
from pathlib import Path

from rapidfuzz import fuzz, process

from bot.knowledge.questions import QuestionKind, load_questions
from bot.knowledge.tongues import load_tongues
from bot.reading.country import fold
from bot.reading.questions import Found, QuestionIndex

SET = Path(__file__).parents[1] / "reading" / "questions"
OFF_TOPIC = "off_topic"
ENTRIES = load_questions()
ANSWERS = {id_: entry for id_, entry in ENTRIES.items() if entry.kind is QuestionKind.ANSWER}
AIM = 0.9
"""The baselines get the threshold that refuses that share of the set's off-topic texts: the best for them."""


def texts(entry):
    return [text for phrases in (*entry.asked.values(), *entry.words.values()) for text in phrases]


WORDS = {id_: {word for text in texts(entry) for word in fold(text).split()} for id_, entry in ANSWERS.items()}
PHRASES = {fold(text): id_ for id_, entry in ANSWERS.items() for text in texts(entry)}


def by_words(text):
    said = set(fold(text).split())
    return sorted(((len(said & words) / (len(said) or 1), id_) for id_, words in WORDS.items()), reverse=True)


def by_likeness(text):
    best = {}
    for phrase, likeness, _ in process.extract(fold(text), PHRASES.keys(), scorer=fuzz.token_sort_ratio, limit=50):
        best.setdefault(PHRASES[phrase], likeness)
    return [(likeness, id_) for id_, likeness in best.items()]


def with_threshold(rank, texts):
    off = sorted((rank(each["text"]) or [(0, "")])[0][0] for each in texts if each["label"] == OFF_TOPIC)
    enough = off[int(len(off) * AIM)]

    def find(text, _language):
        ranked = rank(text)
        return Found(tuple(id_ for _, id_ in ranked[:3]) if ranked and ranked[0][0] > enough else ())

    return find


def share(found):
    found = list(found)
    return f"{sum(found) / len(found):7.1%}" if found else "      –"


def row(name, find, texts):
    pairs = [(each["label"], find(each["text"], each["language"])) for each in texts]
    asked = [(label, found) for label, found in pairs if label != OFF_TOPIC]
    columns = (
        share(found.topics[:1] == (label,) for label, found in asked),
        share(label in found.topics[:3] for label, found in asked),
        share(not found.topics for label, found in pairs if label == OFF_TOPIC),
        share(found.sure for _, found in asked),
        share(found.topics[0] == label for label, found in asked if found.sure),
    )
    print(f"{name:<16}", *columns)


def table(index, questions):
    print(f"{'':<16}   first   three refused    sure right when sure")
    for language in ("en", "de"):
        row(f"finder, {language}", index.find, [each for each in questions if each["language"] == language])
    row("finder, both", index.find, questions)
    row("word overlap", with_threshold(by_words, questions), questions)
    row("fuzzy match", with_threshold(by_likeness, questions), questions)


def costs(index, texts):
    taken = []
    for each in texts:
        started = time.perf_counter()
        index.find(each["text"], each["language"])
        taken.append((time.perf_counter() - started) * 1000)
    print(f"one message: {statistics.median(taken):.2f} ms median, {max(taken):.1f} ms worst")


def weight():
    started = time.perf_counter()
    QuestionIndex(load_questions(), load_tongues())
    seconds = time.perf_counter() - started
    tracemalloc.start()
    kept = QuestionIndex(load_questions(), load_tongues())
    memory = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    print(f"made in {seconds:.2f} s, holds {memory:.1f} MB", "" if kept else "!")


def main():
    questions = json.loads((SET / "paraphrases.json").read_text("utf-8"))
    talk = json.loads((SET / "small_talk.json").read_text("utf-8"))
    index = QuestionIndex(ENTRIES, load_tongues())
    table(index, questions)
    for name in ("oblique", "third"):
        texts = json.loads((SET / f"{name}.json").read_text("utf-8"))
        for half in ("tuning", "unseen"):
            row(f"{name}, {half}", index.find, [each for each in texts if each["half"] == half])
    print("small talk", share(index.find(each["text"], each["language"]).small_talk == each["label"] for each in talk))
    costs(index, [*questions, *talk])
    weight()


if __name__ == "__main__":
    main()
