"""What one record asks of others. Each check stops with one line that names file, record and field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.errors import KnowledgeError
from bot.domain.outlooks import FormThere
from bot.domain.web_addresses import belongs_to
from bot.knowledge.holidays_calendar import days_off

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from bot.domain.forms import Form, MenuPath
    from bot.knowledge.records import Address, Knowledge
    from bot.knowledge.schema import Served

EVERY_LANGUAGE_FALLS_BACK_TO = "en"


def check(world: Knowledge) -> None:
    """Stop at the first record that does not fit the others."""
    _check_forms(world.forms, world.domains)
    _check_addresses(world.addresses.values(), world.domains)
    _check_paths(world.paths)
    _check_authorities(world)
    _check_holidays(world)
    _check_outlooks(world)


def check_served(file: str, entries: Mapping[str, Served], laws: Container[str], codes: Container[str]) -> None:
    """The jurisdictions and countries that a form or an address serves must exist."""
    for record, entry in entries.items():
        _exist(f"{file}: {record}: serves", entry.serves, laws)
        _exist(f"{file}: {record}: countries", entry.countries, codes)


def check_codes(file: str, codes: Iterable[str], iso: Container[str]) -> None:
    """Countries are named by their ISO 3166-1 codes of two letters."""
    for code in codes:
        if code not in iso:
            raise KnowledgeError(f"{file}: {code}: (the record's name): no ISO 3166-1 code")


def check_laws(file: str, countries: Mapping[str, str], laws: Container[str]) -> None:
    """The jurisdiction of each country must exist."""
    for code, law in countries.items():
        _exist(f"{file}: {code}: jurisdiction", [law], laws)


def _check_forms(forms: Mapping[str, Form], domains: frozenset[str]) -> None:
    for form in forms.values():
        where = f"forms.toml: {form.id}"
        _ends_at_meta(f"{where}: url", form.url, domains)
        _exist(f"{where}: successor", [form.successor] if form.successor else [], forms)
        if form.valid_until and form.valid_until < form.valid_from:
            raise KnowledgeError(f"{where}: valid_until: lies before valid_from")
        if form.id in _successors(form, forms):
            raise KnowledgeError(f"{where}: successor: leads in a circle")


def _successors(form: Form, forms: Mapping[str, Form]) -> list[str]:
    found: list[str] = []
    while form.successor and form.successor not in found:
        found.append(form.successor)
        form = forms[form.successor]
    return found


def _check_addresses(addresses: Iterable[Address], domains: frozenset[str]) -> None:
    for address in addresses:
        where = f"addresses.toml: {address.id}"
        if bool(address.lines) is bool(address.url):
            raise KnowledgeError(f"{where}: lines: either a postal address or a url")
        if address.url:
            _ends_at_meta(f"{where}: url", address.url, domains)


def _check_paths(paths: Iterable[MenuPath]) -> None:
    for path in paths:
        _exist(f"paths.toml: {path.id}: labels", [EVERY_LANGUAGE_FALLS_BACK_TO], path.labels)


def _check_authorities(world: Knowledge) -> None:
    for authority in world.authorities:
        where = f"authorities.toml: {authority.id}"
        _exist(f"{where}: country", [authority.country], world.countries)
        if authority.region and not authority.region.startswith(f"{authority.country}-"):
            raise KnowledgeError(f"{where}: region: {authority.region} is no part of {authority.country}")


def _check_outlooks(world: Knowledge) -> None:
    check_codes("elsewhere.toml", world.outlooks, world.names)
    for code, outlook in world.outlooks.items():
        if (outlook.form is FormThere.KNOWN) is not (code in world.countries):
            raise KnowledgeError(f"elsewhere.toml: {code}: form: “known” is for the countries of countries.toml alone")


def _check_holidays(world: Knowledge) -> None:
    for law in world.jurisdictions.values():
        _has_calendar(f"jurisdictions.toml: {law.id}", law.holidays)
    for country in world.countries.values():
        _has_calendar(f"countries.toml: {country.code}", country.holidays)


def _has_calendar(where: str, place: str | None) -> None:
    try:
        days_off(place)
    except KnowledgeError as error:
        raise KnowledgeError(f"{where}: {error}") from error


def _ends_at_meta(where: str, url: str, domains: frozenset[str]) -> None:
    if not belongs_to(url, domains):
        raise KnowledgeError(f"{where}: {url} is not at a domain of Meta ({', '.join(sorted(domains))})")


def _exist(where: str, names: Iterable[str], known: Container[str]) -> None:
    for name in names:
        if name not in known:
            raise KnowledgeError(f"{where}: {name!r} is not on record")
