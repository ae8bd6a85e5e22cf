"""looks.toml and places.toml: what is shipped holds, and what does not hold is named."""

from __future__ import annotations

import pytest

from bot.domain.errors import KnowledgeError
from bot.domain.forms import Purpose
from bot.knowledge import load
from bot.knowledge.looks import load_looks

DOMAINS = frozenset({"facebook.com", "instagram.com", "whatsapp.com", "meta.com"})
TAIL = 'sources = ["a test"]\nchecked = 2026-11-23\n'


def test_every_form_that_is_looked_at_has_a_place():
    world = load()
    rules = load_looks(world.domains)
    looked_at = [form for form in world.forms.values() if form.purpose in {Purpose.OWN_DATA, Purpose.THIRD_PARTY}]
    assert looked_at
    for form in looked_at:
        assert rules.place_of(form).decoy != form.url


def test_every_kind_of_mark_is_there():
    rules = load_looks(DOMAINS)
    assert rules.login.phrases
    assert rules.login.in_url
    assert rules.absent.phrases
    assert rules.checkpoint.in_url
    assert (400 in rules.wall_statuses, 429 in rules.rate_limit_statuses, 404 in rules.absent_statuses) == (True,) * 3


def test_no_phrase_means_two_things():
    rules = load_looks(DOMAINS)
    assert not set(rules.login.phrases) & set(rules.absent.phrases)


def test_an_operators_record_wins(tmp_path):
    (tmp_path / "looks.toml").write_text(f'["own"]\nmeans = "wall"\nby = "status"\nmark = "418"\n{TAIL}')
    assert load_looks(DOMAINS, tmp_path).wall_statuses == load_looks(DOMAINS).wall_statuses | {418}


def mark(means, by, text, more=""):
    return "looks", f'means = "{means}"\nby = "{by}"\nmark = "{text}"\n{more}'


def place(prefix, control, decoy):
    return "places", f'prefix = "{prefix}"\ncontrol = "{control}"\ndecoy = "{decoy}"\n'


META = "https://facebook.com/"
BROKEN = {
    "a phrase, and only a phrase, has a language": mark("login", "phrase", "x"),
    "only a phrase, has a language": mark("login", "url", "x", 'language = "en"\n'),
    "mark must be an HTTP status": mark("wall", "status", "abc"),
    "a url can't mean wall": mark("wall", "url", "/x/"),
    "a status can't mean login": mark("login", "status", "401"),
    r"looks\.toml: own: means: ": mark("odd", "url", "/x/"),
    r"looks\.toml: own: mark: ": mark("login", "url", ""),
    "decoy must begin with prefix": place(f"{META}a/", META, f"{META}b/1"),
    r"places\.toml: own: prefix: ": place("http://facebook.com/a/", META, f"{META}a/1"),
    "own: control: is on no domain of meta": place(f"{META}a/", "https://evil.example/", f"{META}a/1"),
}


@pytest.mark.parametrize(("message", "broken"), BROKEN.items())
def test_a_record_that_does_not_hold_is_named(tmp_path, message, broken):
    file, record = broken
    (tmp_path / f"{file}.toml").write_text(f'["own"]\n{record}{TAIL}')
    with pytest.raises(KnowledgeError, match=message):
        load_looks(DOMAINS, tmp_path)
