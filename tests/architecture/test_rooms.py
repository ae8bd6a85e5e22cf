"""The house is as docs/architecture.md says. Which room may import which is held by lint-imports (.ci/run)."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
LAYERS = next(each["layers"] for each in CONTRACTS if each["type"] == "layers")
ROOMS = {room.strip(" ()") for layer in LAYERS for room in layer.split("|")}
BESIDE = {"bot.__init__", "bot.sandbox"}


def test_every_room_has_its_place_in_the_contract():
    rooms = {f"bot.{path.stem}" for path in (ROOT / "bot").iterdir() if path.name != "__pycache__"}
    assert rooms - BESIDE <= ROOMS
    assert "conversations" in ROOMS


def test_the_page_draws_the_house_as_the_contract_has_it():
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    house = page.partition("```\n")[2].partition("```")[0]
    drawn = {
        name.strip("/").replace("/", ".").removesuffix(".py")
        for name in re.findall(r"(?:bot/|conversations/)\S*", house)
    }
    assert drawn - {"bot.sandbox"} == ROOMS
