"""Reads all files into one `Knowledge`, or stops with one line that names file, record and field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from bot.domain.errors import KnowledgeError
from bot.domain.forms import Form, MenuPath
from bot.domain.jurisdictions import Authority, ComplaintRules, Country, Jurisdiction, Period, Window
from bot.domain.watched_pages import WatchedPage
from bot.domain.web_addresses import DomainUse, belongs_to
from bot.knowledge import schema
from bot.knowledge.checks import check, check_codes, check_laws, check_served
from bot.knowledge.elsewhere import known_domains, link_domains, outlooks
from bot.knowledge.files import Files
from bot.knowledge.late import read_late_ones
from bot.knowledge.next_steps import next_steps
from bot.knowledge.records import Address, Knowledge

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bot.domain.outlooks import Outlook

    Laws = Mapping[str, Jurisdiction]
    Countries = Mapping[str, Country]

ServedT = TypeVar("ServedT", bound=schema.Served)


def load(overlay: Path | None = None) -> Knowledge:
    """All records, the operator's folder laid over ours by record id."""
    files = Files(overlay)
    countries = _countries(files)
    elsewhere = outlooks(files)
    jurisdictions = _jurisdictions(files, countries, elsewhere)
    world = Knowledge(
        forms=_forms(files, jurisdictions, countries),
        paths=_paths(files),
        jurisdictions=jurisdictions,
        countries=countries,
        authorities=_authorities(files),
        addresses=_addresses(files, jurisdictions, countries),
        domains=known_domains(files, DomainUse.SHOWN),
        names=_names(files, countries),
        words_before=_words_before(files),
        replies=_replies(files),
        outlooks=elsewhere,
        links=link_domains(files),
        pages=_pages(files),
        next_steps=next_steps(files, {key for law in jurisdictions.values() for key in law.articles}),
    )
    check(world)
    if overlay is not None:
        read_late_ones(overlay)
    return world


def _countries(files: Files) -> dict[str, Country]:
    entries = files.entries("countries.toml", schema.CountryEntry)
    return {code: _country(code, entry) for code, entry in entries.items()}


def _country(code: str, entry: schema.CountryEntry) -> Country:
    return Country(code=code, **(dict(entry) | {"holidays": entry.holidays or code}))


def _jurisdictions(files: Files, countries: Countries, elsewhere: Mapping[str, Outlook]) -> dict[str, Jurisdiction]:
    """The laws, with where each holds: in countries that are served, and in some elsewhere."""
    entries = files.entries("jurisdictions.toml", schema.JurisdictionEntry)
    served = {code: country.jurisdiction for code, country in countries.items()}
    there = {code: outlook.jurisdiction for code, outlook in elsewhere.items() if outlook.jurisdiction}
    check_laws("countries.toml", served, entries)
    check_laws("elsewhere.toml", there, entries)
    return {id_: _jurisdiction(id_, entry, there | served) for id_, entry in entries.items()}


def _jurisdiction(id_: str, entry: schema.JurisdictionEntry, places: Mapping[str, str]) -> Jurisdiction:
    periods = {"answer": _period(entry.answer), "complaint": _period(entry.complaint)}
    more = {
        "company": _period(entry.company) if entry.company else None,
        "rules": _rules(entry.rules),
        "window": _window(entry.window),
    }
    codes = frozenset(code for code, law in places.items() if law == id_)
    return Jurisdiction(id=id_, countries=codes, **(dict(entry) | periods | more))


def _period(entry: schema.PeriodEntry) -> Period:
    return Period(**dict(entry))


def _rules(entry: schema.RulesEntry | None) -> ComplaintRules | None:
    return ComplaintRules(entry.since, _period(entry.devoid), entry.article) if entry else None


def _forms(files: Files, laws: Laws, countries: Countries) -> dict[str, Form]:
    entries = _served(files, "forms.toml", schema.FormEntry, laws, countries)
    return {id_: Form(id=id_, **_with_countries(entry, laws)) for id_, entry in entries.items()}


def _addresses(files: Files, laws: Laws, countries: Countries) -> dict[str, Address]:
    entries = _served(files, "addresses.toml", schema.AddressEntry, laws, countries)
    return {id_: Address(id=id_, **_with_countries(entry, laws)) for id_, entry in entries.items()}


def _served(
    files: Files,
    name: str,
    model: type[ServedT],
    laws: Laws,
    countries: Countries,
) -> dict[str, ServedT]:
    entries = files.entries(name, model)
    check_served(name, entries, laws, countries)
    return entries


def _with_countries(entry: schema.Served, laws: Laws) -> dict[str, Any]:
    fields = dict(entry)
    served = [laws[law].countries for law in fields.pop("serves")]
    return fields | {"countries": frozenset(entry.countries).union(*served)}


def _pages(files: Files) -> dict[str, WatchedPage]:
    domains = known_domains(files, DomainUse.SHOWN)
    entries = files.entries("pages.toml", schema.WatchedPageEntry)
    for id_, entry in entries.items():
        for field in ("url", "control"):
            if not belongs_to(getattr(entry, field), domains):
                raise KnowledgeError(f"pages.toml: {id_}: {field}: is on no domain of meta.toml")
    return {id_: WatchedPage(id=id_, **dict(entry)) for id_, entry in entries.items()}


def _paths(files: Files) -> tuple[MenuPath, ...]:
    entries = files.entries("paths.toml", schema.PathEntry)
    return tuple(MenuPath(id=id_, **dict(entry)) for id_, entry in entries.items())


def _authorities(files: Files) -> tuple[Authority, ...]:
    entries = files.entries("authorities.toml", schema.AuthorityEntry)
    return tuple(
        Authority(id=id_, **(dict(entry) | {"window": _window(entry.window)})) for id_, entry in entries.items()
    )


def _window(entry: schema.WindowEntry | None) -> Window | None:
    return Window(**dict(entry)) if entry else None


def _names(files: Files, countries: Countries) -> dict[str, tuple[str, ...]]:
    own = files.entries("endonyms.toml", schema.EndonymsEntry)
    iso = {code: names for entry in own.values() for code, names in entry.names.items()}
    served = {code: country.also for code, country in countries.items()}
    elsewhere = {code: entry.also for code, entry in files.entries("names.toml", schema.NamesEntry).items()}
    check_codes("countries.toml", served, iso)
    check_codes("names.toml", elsewhere, iso)
    return {code: (*iso[code], *served.get(code, ()), *elsewhere.get(code, ())) for code in served | iso}


def _replies(files: Files) -> dict[str, dict[str, str]]:
    entries = files.entries("words.toml", schema.WordsEntry)
    return {
        language: dict.fromkeys(entry.yes, "yes") | dict.fromkeys(entry.no, "no") for language, entry in entries.items()
    }


def _words_before(files: Files) -> frozenset[str]:
    return frozenset(word for entry in files.entries("words.toml", schema.WordsEntry).values() for word in entry.before)
