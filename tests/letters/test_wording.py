"""What letters say alike in every language: nothing left to Meta's choice, and one country's words in its letters."""

import re

import pytest

from bot.domain.letters import TO_AUTHORITY
from tests.letters.test_letters import LANGUAGES, rendered

WITHOUT_DELAY = {
    "de": "ohne (weitere )?Verzögerung",
    "el": "χωρίς (περαιτέρω )?καθυστέρηση",
    "en": "without (further )?delay",
    "es": "sin (más )?(dilación|demora)\\b(?! indebida)",
    "fr": "sans (plus )?tarder",
    "it": "senza (ulteriore )?ritardo",
    "nl": "onverwijld",
    "pl": "niezwłoczni?e",
    "pt": "sem (mais )?demora\\b(?! injustificada)",
    "sv": "utan (ytterligare )?dröjsmål",
}
"""How Art. 12(4) GDPR says it, and how a reminder does."""
REASONS = re.compile(r"12\D{1,15}4\b")
"""Art. 12(4) in any language's way to cite it."""
IN_PORTUGAL_ONLY = re.compile(r"\b(vossos?|vossas?|vos|factos?|registad\w+|rece\w*ção|controlo|contactar)\b")
IN_BRAZIL_ONLY = re.compile(r"\b(registrad\w+|contato|providências|controlador|fatos?|celular|você)\b")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_is_asked_for_without_delay_and_with_its_reasons(language):
    asked = [
        (name, line)
        for name, facts, made in rendered(language)
        if facts.kind not in TO_AUTHORITY
        for line in made.text.split("\n")
        if REASONS.search(line)
    ]

    assert len(asked) > 40
    assert [each for each in asked if not re.search(WITHOUT_DELAY[language], each[1], re.IGNORECASE)] == []


def test_a_letter_in_portuguese_has_the_words_of_one_country():
    for name, facts, made in rendered("pt"):
        brazilian = facts.law == facts.law_registered == "br"
        strange = IN_PORTUGAL_ONLY if brazilian else IN_BRAZIL_ONLY
        assert not strange.search(made.text), f"{name}: {strange.search(made.text)}"
