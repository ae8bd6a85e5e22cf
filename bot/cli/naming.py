"""Countries and forms as an operator names them; a slip gets one line with near names."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.domain.forms import Form
    from bot.knowledge import Knowledge

USAGE = 2
"""The exit code of wrong use."""
Choice = TypeVar("Choice", bound=StrEnum)


def country_of(text: str, knowledge: Knowledge) -> str:
    """The code of a country we know, by its code or English name; else one line with near names."""
    from babel import Locale

    names = {code: Locale("en").territories.get(code, code) for code in knowledge.countries}
    if (code := text.strip().upper()) in names:
        return code
    by_name = {name.casefold(): known for known, name in names.items()}
    if known := by_name.get(text.strip().casefold()):
        return known
    near = [by_name[name] for name in get_close_matches(text.strip().casefold(), by_name)]
    near += [known for known in get_close_matches(code, names, cutoff=0.5) if known not in near]
    raise wrong_use(f"No country “{text}” in the data.", (f"{one} ({names[one]})" for one in near))


def form_of(text: str, forms: Iterable[Form]) -> Form:
    """The form of that id; else one line with near ids, or all of them."""
    known = {form.id: form for form in forms}
    if text in known:
        return known[text]
    raise wrong_use(f"No form “{text}” in the data.", get_close_matches(text, known) or sorted(known))


def choice_of(text: str, choices: type[Choice], what: str) -> Choice:
    """One of a few words; else one line with all of them."""
    try:
        return choices(text.strip().lower().replace("-", "_"))
    except ValueError:
        raise wrong_use(f"“{text}” is no {what}.", (choice.value for choice in choices)) from None


def wrong_use(line: str, near: Iterable[str] = ()) -> typer.Exit:
    """One line on stderr, with near names, no traceback."""
    names = ", ".join(near)
    print(f"{line} Did you mean {names}?" if names else line, file=sys.stderr)
    return typer.Exit(USAGE)
