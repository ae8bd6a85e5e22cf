"""What the project's pages say is so."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from bot.__main__ import COMMANDS
from bot.settings import Settings, load_settings
from tests.architecture.state_diagram import PAGE, put_in

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
SETTINGS = {name.upper() for name in Settings.model_fields}
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def test_the_states_of_a_case_are_drawn_as_the_code_has_them():
    page = PAGE.read_text("utf-8")
    assert put_in(page) == page, "draw it anew: .venv/bin/python -m tests.architecture.state_diagram"


def test_the_readmes_first_block_runs_the_bot_and_the_second_the_tests():
    assert BLOCKS[0].strip() == "sh .ci/setup && .venv/bin/objection-bot"
    assert BLOCKS[1].strip() == "sh .ci/setup --tests && .venv/bin/pytest"
    assert (ROOT / ".ci" / "setup").exists()


def test_the_programs_of_the_readmes_blocks_are_installed_by_the_setup():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert "objection-bot" in project["project"]["scripts"]
    assert "\npytest==" in (ROOT / "requirements-dev.lock").read_text("utf-8")


def test_every_setting_is_in_the_readme_and_nothing_else():
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE)) == SETTINGS


def test_every_setting_is_in_the_example_and_nothing_else():
    example = (ROOT / ".env.example").read_text("utf-8")
    assert set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE)) == SETTINGS


def test_the_example_changes_no_default(monkeypatch):
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    assert load_settings(_env_file=ROOT / ".env.example") == load_settings(_env_file=None)


def test_the_readme_tells_the_defaults():
    for line in re.findall(r"^\| `[A-Z_]+` \| `.*", README, re.MULTILINE):
        name, default = re.findall(r"`([^`]+)`", line)[:2]
        assert str(Settings.model_fields[name.lower()].default) == default


def test_every_command_is_in_the_readme():
    assert set(re.findall(r"^\| `objection-bot ([a-z-]+)", README, re.MULTILINE)) == set(COMMANDS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page):
    links = re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8"))
    gone = [link for link in links if "://" not in link and not (page.parent / link.partition("#")[0]).exists()]
    assert gone == []
