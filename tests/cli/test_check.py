"""`objection-bot check` as a process of its own, against hosts that are played."""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
import typer
from typer.testing import CliRunner

from bot.cli import check as check_command
from bot.domain.forms import Purpose
from bot.knowledge import load
from bot.knowledge.looks import load_looks
from tests.vantages.stand_in import StandIn, answer, redirect, reset

ROOT = Path(__file__).parents[2]
COMMAND = "import typer; from bot.cli.check import check; typer.run(check)"
WORLD = load()
RULES = load_looks(WORLD.domains)
NOWHERE = "http://127.0.0.1:9"
LOGIN = "https://www.facebook.com/login/?next=x"


class Ran(NamedTuple):
    """What a process left."""

    code: int
    out: str
    err: str


def pages(behaviour, **single):
    """Good control pages, and this behaviour for every form, or another for single ones."""
    control = {place.control: answer(200, "<h1>Help</h1>") for place in RULES.places}
    forms = {form.url: single.get(form.id.replace("-", "_"), behaviour) for form in WORLD.forms.values()}
    return {url.removeprefix("https://"): page for url, page in (control | forms).items()}


def titled():
    return answer(200, "<h1>Object to your information being used for AI at Meta</h1>")


def alike():
    login = redirect(LOGIN)
    decoys = {place.decoy.removeprefix("https://"): login for place in RULES.places}
    return pages(login) | decoys


CASES = {
    "good": (pages(titled()), "--country DE"),
    "good json": (pages(titled()), "--country DE --json"),
    "all": (pages(titled()), "--json"),
    "one": (pages(titled()), "--form third-party --json"),
    "bad": (
        pages(titled(), instagram_2025=redirect("https://evil.example/"), facebook_2025=reset),
        "--explain",
    ),
    "alike": (alike(), "--country DE --explain"),
    "walled": (pages(answer(429)), "--country de --json"),
    "blind": (None, "--country DE"),
    "blind json": (None, "--country DE --json"),
}


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """All cases side by side: they mostly wait."""
    folder = tmp_path_factory.mktemp("check")

    async def all_of_them():
        return await asyncio.gather(*(run(folder, *case) for case in CASES.values()))

    return dict(zip(CASES, asyncio.run(all_of_them()), strict=True))


async def run(folder, behaviours, arguments):
    async with StandIn(behaviours) as server:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", COMMAND, *arguments.split(),
            cwd=folder, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "COLUMNS": "100",
                 "SANDBOX_URL": NOWHERE if behaviours is None else server.url},
        )  # fmt: skip
        out, err = await asyncio.wait_for(process.communicate(), 30)
        return Ran(process.returncode, out.decode(), err.decode())


def in_process(arguments):
    app = typer.Typer()
    app.command()(check_command.check)
    result = CliRunner().invoke(app, arguments.split())
    return Ran(result.exit_code, result.stdout, result.stderr)


def own_and_third_party(country):
    return {
        form.id
        for form in WORLD.forms.values()
        if form.purpose in {Purpose.OWN_DATA, Purpose.THIRD_PARTY} and (not form.countries or country in form.countries)
    }


def test_good_forms_make_a_table_and_exit_0(ran):
    code, out, err = ran["good"]
    assert (code, err) == (0, "")
    for form in own_and_third_party("DE"):
        assert re.search(rf"{form} .*answers .* 200 .* \d\d:\d\d:\d\d", out)
    assert re.search(r"as seen for DE, 20\d\d-\d\d-\d\d \(UTC\)", out)


def test_no_words_ever_say_that_a_form_works(ran):
    texts = " ".join(text for each in ran.values() for text in each[1:])
    assert not re.search(r"\bworks\b", texts)
    assert "only you can see" in ran["good"].out


def test_json_has_the_documented_shape(ran):
    code, out, _ = ran["good json"]
    told = json.loads(out)
    assert list(told) == ["version", "country", "result", "exit_code", "forms"]
    assert (told["version"], told["country"], told["result"], told["exit_code"], code) == (
        1,
        "DE",
        "good",
        0,
        0,
    )
    assert {form["form"] for form in told["forms"]} == own_and_third_party("DE")
    fields = "form service purpose url vantage at value verdict reason words status_code seconds explanation"
    for form in told["forms"]:
        assert list(form) == fields.split()
        assert (form["value"], form["verdict"], form["reason"]) == ("ok", "answers", "none")
        assert form["at"].endswith("+00:00")


def test_help_names_every_field_and_every_exit_code(ran):
    told = in_process("--help")
    words = set(re.findall(r"\w+", told.out))
    assert told.code == 0
    assert words >= set(json.loads(ran["good json"].out)["forms"][0]) | set(json.loads(ran["good json"].out))
    codes = [line.split()[0] for line in told.out.splitlines() if re.match(r"\s+\d  ", line)]
    assert codes == ["0", "1", "2", "3", "4"]


def test_without_a_country_all_forms_in_use_are_looked_at(ran):
    told = json.loads(ran["all"].out)
    assert told["country"] is None
    assert {form["form"] for form in told["forms"]} >= own_and_third_party("DE") | own_and_third_party("GB")


def test_a_single_form_can_be_asked_for(ran):
    assert [form["form"] for form in json.loads(ran["one"].out)["forms"]] == ["third-party"]


def test_one_bad_form_exits_1_and_is_explained(ran):
    code, out, _ = ran["bad"]
    assert code == 1
    assert "leads to a site that is not Meta's" in out
    assert "no answer, twice, while Meta's other pages answer" in out
    assert "status 302 points to https://evil.example/: not a domain of Meta" in out
    assert "second try after a pause: first ReadError, then ReadError" in out


def test_forms_like_their_decoys_exit_3_and_say_so(ran):
    code, out, _ = ran["alike"]
    assert code == 3
    assert "can't be judged: looks like a page that can't exist" in out
    assert "a form that never differed from its decoy can't be judged from there" in out


def test_a_rate_limit_is_no_data(ran):
    code, out, _ = ran["walled"]
    told = json.loads(out)
    assert (code, told["result"], told["country"]) == (3, "no_data", "DE")
    assert {form["reason"] for form in told["forms"]} == {"rate_limit"}


def test_without_a_network_our_own_side_is_blind(ran):
    line = "Our own side is blind: no control page answered. This says nothing about the forms."
    assert ran["blind"].code == ran["blind json"].code == 4
    assert line in ran["blind"].out
    assert "only you can see" not in ran["blind"].out
    assert (json.loads(ran["blind json"].out)["result"], ran["blind json"].err.strip()) == ("blind", line)


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ("--country Germny", "No country “Germny” in the data. Did you mean DE (Germany)"),
        ("--country DX", "No country “DX” in the data. Did you mean D"),
        ("--country Qqqqqqqqqqq", "No country “Qqqqqqqqqqq” in the data."),
        ("--form facebok-2025", "No form “facebok-2025” in the data. Did you mean facebook-2025"),
    ],
)
def test_wrong_use_is_one_line_with_near_names(arguments, line):
    code, out, err = in_process(arguments)
    assert (code, out, len(err.strip().splitlines())) == (2, "", 1)
    assert err.startswith(line)


def test_an_unknown_option_is_wrong_use():
    assert in_process("--frm x").code == 2


def test_a_broken_setting_is_wrong_use(monkeypatch):
    monkeypatch.setenv("LOOK_INTERVAL", "soon")
    code, _, err = in_process("--country DE")
    assert (code, len(err.strip().splitlines())) == (2, 1)
    assert "LOOK_INTERVAL" in err


def test_knowledge_without_a_form_in_use_is_wrong_use(monkeypatch):
    monkeypatch.setattr(check_command, "LOOKED_AT", frozenset())
    code, _, err = in_process("--country DE")
    assert (code, err.strip()) == (2, "No form in the data serves DE today.")
