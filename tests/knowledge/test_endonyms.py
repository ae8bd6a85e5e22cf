"""endonyms.toml holds what CLDR holds. Run as a program, this prints the file anew (for a newer Babel)."""

import sys
import tomllib
from datetime import date
from importlib import resources

from babel import Locale, localedata
from babel.languages import get_official_languages

HEAD = """\
# What every country of ISO 3166-1 calls itself in its official languages (regional ones too), after CLDR.
# Kept as a file since reading a hundred languages costs 80 MB and a third of a second at run time.
# Made by: python tests/knowledge/test_endonyms.py {day} > bot/knowledge/endonyms.toml

[cldr]
sources = ["https://cldr.unicode.org, by Babel", "ISO 3166-1 codes by tzdata's iso3166.tab"]
checked = {day}

[cldr.names]
"""


def iso_codes():
    table = (resources.files("tzdata") / "zoneinfo" / "iso3166.tab").read_text(encoding="utf-8")
    return [line.split("\t")[0] for line in table.splitlines() if line and not line.startswith("#")]


def endonyms(code):
    languages = get_official_languages(code, regional=True, de_facto=True)
    names = [Locale.parse(language).territories.get(code) for language in languages if localedata.exists(language)]
    return list(dict.fromkeys(name for name in names if name))


def from_cldr():
    return {code: endonyms(code) for code in sorted(iso_codes())}


def on_file():
    text = (resources.files("bot.knowledge") / "endonyms.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["cldr"]["names"]


def test_every_country_of_iso_3166_is_in_the_file():
    assert sorted(on_file()) == sorted(iso_codes())


def test_the_served_countries_are_called_what_cldr_calls_them(knowledge):
    for code in knowledge.countries:
        assert on_file()[code] == endonyms(code)


if __name__ == "__main__":
    day = date.fromisoformat(sys.argv[1])
    quoted = {code: ", ".join(f'"{name}"' for name in names) for code, names in from_cldr().items()}
    lines = [f"{code} = [{names}]" for code, names in quoted.items()]
    sys.stdout.write(HEAD.format(day=day) + "\n".join(lines) + "\n")
