"""Parts of countries by name."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def region_names() -> dict[str, str]:
    """ISO 3166-2 code → the name that the part gives itself."""
    with Path(__file__).with_name("regions.toml").open("rb") as file:
        names: dict[str, str] = tomllib.load(file)["names"]
    return names
