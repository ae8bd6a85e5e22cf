"""The Docker image, as far as reading tells: no engine is needed here."""

from __future__ import annotations

import ast
import json
import re
from fnmatch import fnmatch
from pathlib import Path

import pytest

from bot.settings import Settings

ROOT = Path(__file__).parents[2]
STEPS = [
    tuple(step.split(maxsplit=1))
    for step in re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text("utf-8")).splitlines()
    if step and not step.startswith("#")
]
LAST_STAGE = STEPS[max(place for place, step in enumerate(STEPS) if step[0] == "FROM") :]


def of(kind, steps=STEPS):
    return [rest for each, rest in steps if each == kind]


COPIED = [source for step in of("COPY") if "--from" not in step for source in step.split()[:-1]]


def environment():
    return dict(re.findall(r"([A-Z_]+)=(\S+)", " ".join(of("ENV", LAST_STAGE))))


@pytest.mark.parametrize("source", COPIED)
def test_what_is_copied_is_there_and_let_through(source):
    kept = [line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")]
    assert (ROOT / source).exists()
    assert source in kept


def test_all_that_the_package_is_made_of_is_copied():
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    packages = ast.literal_eval(re.search(r"^packages = (.*)$", text, re.MULTILINE)[1])
    assert {*packages, "pyproject.toml", "README.md", "LICENSE", "requirements.lock"} == set(COPIED)


def test_what_is_installed_has_its_hash():
    steps = [step for step in of("RUN") if "pip install" in step]
    assert "--require-hashes -r requirements.lock" in steps[0]
    assert steps[1].rstrip().endswith("--no-deps .")


def test_the_texts_are_compiled_before_they_are_packed():
    (step,) = [step for step in of("RUN") if "pybabel" in step]
    assert step.index("pybabel --quiet compile -d locales") < step.index("pip install")


def test_it_does_not_run_as_root():
    (user,) = of("USER", LAST_STAGE)
    assert int(user) >= 1000
    assert f"--uid {user} " in " ".join(of("RUN", LAST_STAGE))
    assert [kind for kind, _ in LAST_STAGE].index("USER") > max(
        place for place, step in enumerate(LAST_STAGE) if step[0] == "RUN"
    )


def test_data_and_key_lie_in_volumes_of_their_own():
    data, keys = json.loads(*of("VOLUME", LAST_STAGE))
    assert environment()["DATABASE_URL"] == f"sqlite+aiosqlite:///{data}/objection-bot.db"
    assert Path(environment()["DATA_KEY_FILE"]).parent == Path(keys)
    assert not Path(keys).is_relative_to(data)


def test_no_secret_is_in_a_layer():
    written = " ".join(of("ENV") + of("RUN")) + " ".join(name for name, _ in STEPS)
    assert "ARG" not in written.split()
    assert not re.search(r"BOT_TOKEN|WEBHOOK_SECRET|\.env", written)
    assert not [source for source in COPIED if fnmatch(source, "*.env*") or source in {".", "keys", "data"}]


def test_its_settings_exist():
    ours = {name.upper() for name in Settings.model_fields}
    assert set(environment()) - {"PATH", "PYTHONUNBUFFERED"} <= ours


def test_health_is_asked_where_it_is_told():
    (check,) = of("HEALTHCHECK")
    command = json.loads(check[check.index("[") :])
    assert command[:2] == ["python", "-c"]
    compile(command[2], "health check", "exec")
    assert "/healthz" in command[2]
    assert of("EXPOSE") == [environment()["HTTP_PORT"]]


def test_compose_mounts_the_volumes_of_the_image_and_opens_no_port_to_the_world():
    compose = (ROOT / "compose.yaml").read_text("utf-8")
    for folder in json.loads(*of("VOLUME", LAST_STAGE)):
        assert re.search(rf"- \w+:{folder}\b", compose)
    assert '"127.0.0.1:8080:8080"' in compose
