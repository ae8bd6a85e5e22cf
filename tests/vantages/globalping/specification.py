"""The measuring service's own specification: public/v1 of github.com/jsdelivr/globalping, if it is here."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

SPEC = Path(os.environ.get("GLOBALPING_SPEC") or Path(__file__).parents[4] / "shared" / "specs" / "globalping")
SPEC_MISSING = f"no {SPEC}/spec.yaml: set GLOBALPING_SPEC to a copy of public/v1 of github.com/jsdelivr/globalping"
SPEC_IS_HERE = (SPEC / "spec.yaml").exists()
REQUEST = "schemas.yaml#/components/schemas/MeasurementRequest"
CREATED = "schemas.yaml#/components/schemas/CreateMeasurementResponse"
LIMITS = "schemas.yaml#/components/schemas/Limits"
MEASUREMENT = "responses.yaml#/components/responses/measurement200/content/application~1json/schema"
ERRORS = {400: "400", 404: "404", 422: "measurements422", 429: "measurements429"}


def error_schema(status: int) -> str:
    """Where an error's shape stands; those that are not described have the one of 404."""
    return f"responses.yaml#/components/responses/{ERRORS.get(status, '404')}/content/application~1json/schema"


@cache
def part(name: str) -> Any:
    """One file of the specification."""
    return yaml.safe_load((SPEC / "components" / name).read_text(encoding="utf-8"))


@cache
def _registry() -> Registry:
    names = (file.name for file in (SPEC / "components").iterdir())
    files = {name: Resource.from_contents(part(name), default_specification=DRAFT202012) for name in names}
    return Registry().with_resources(files.items()).crawl()


@cache
def _validator(where: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": where}, registry=_registry(), format_checker=FormatChecker())


def problems(value: Any, where: str) -> list[str]:
    """What the specification says against a value."""
    return [f"{error.json_path}: {error.message[:200]}" for error in _validator(where).iter_errors(value)]
