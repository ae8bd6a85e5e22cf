"""Bot API objects judged by two implementations that are not ours: aiogram's models, and the written-out documentation.

aiogram takes unknown fields in silence, so they are looked for.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiogram.methods
from aiogram.types import Update
from pydantic import BaseModel, TypeAdapter

if TYPE_CHECKING:
    from collections.abc import Iterator

SPEC = Path(__file__).parents[2] / "shared" / "specs" / "telegram-bot-api.json"
"""github.com/PaulSonOfLars/telegram-bot-api-spec, laid beside the repository by whoever has it."""
SPEC_MISSING = f"no {SPEC}: fetch telegram-bot-api.json from github.com/PaulSonOfLars/telegram-bot-api-spec"
NEWER = {"can_send_welcome_messages"}
"""What Telegram added after the documentation was written out; aiogram, being newer, demands it."""
PLAIN = {"Integer": int, "String": str, "Boolean": bool, "True": bool, "Float": (int, float)}


def check_result(method: str, result: Any) -> None:
    """The result of a method is what aiogram expects, and no more."""
    model = _method(method)
    found = TypeAdapter(model.__returning__).validate_python(result)
    assert not list(extras(found, method)), list(extras(found, method))


def check_call(method: str, params: dict[str, Any]) -> None:
    """The parameters of a call are those that aiogram would send."""
    found = _method(method).model_validate(params)
    assert not list(extras(found, method)), list(extras(found, method))


def check_update(update: dict[str, Any]) -> None:
    """An update is what aiogram expects, and no more."""
    found = Update.model_validate(update)
    assert not list(extras(found, "Update")), list(extras(found, "Update"))


def _method(name: str) -> Any:
    return getattr(aiogram.methods, name[0].upper() + name[1:])


def extras(value: Any, path: str) -> Iterator[str]:
    """The fields that no model knows."""
    if isinstance(value, BaseModel):
        yield from (f"{path}.{name}" for name in value.model_extra or ())
        for name in type(value).model_fields:
            yield from extras(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, list):
        for each in value:
            yield from extras(each, f"{path}[]")


@cache
def spec() -> dict[str, Any]:
    """The documentation as data."""
    found: dict[str, Any] = json.loads(SPEC.read_text(encoding="utf-8"))
    return found


def spec_problems(value: Any, kinds: list[str], path: str) -> list[str]:
    """What the documentation says against a value; empty if one of the kinds fits."""
    every = [_problems(value, kind, path) for kind in kinds]
    return min(every, key=len)


def _problems(value: Any, kind: str, path: str) -> list[str]:
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            return [f"{path}: no list"]
        inner = kind.removeprefix("Array of ")
        return [problem for each in value for problem in _problems(each, inner, f"{path}[]")]
    if kind in PLAIN:
        fits = isinstance(value, PLAIN[kind]) and (kind in {"Boolean", "True"}) == isinstance(value, bool)
        return [] if fits else [f"{path}: {value!r} is no {kind}"]
    return _object_problems(value, spec()["types"][kind], path)


def _object_problems(value: Any, kind: dict[str, Any], path: str) -> list[str]:
    if kind.get("subtypes"):
        return spec_problems(value, kind["subtypes"], path)
    if not isinstance(value, dict):
        return [f"{path}: no object"]
    fields = {field["name"]: field for field in kind.get("fields", [])}
    problems = [f"{path}.{name}: unknown" for name in value.keys() - fields.keys() - NEWER]
    problems += [f"{path}.{name}: missing" for name in fields if fields[name]["required"] and name not in value]
    for name in value.keys() & fields.keys():
        problems += spec_problems(value[name], fields[name]["types"], f"{path}.{name}")
    return problems
