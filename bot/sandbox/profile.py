"""What the bot says about itself: its names, its texts, its commands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

USERNAME = "objection_sandbox_bot"


@dataclass(slots=True)
class Profile:
    """The bot's own page. Texts are kept by language, commands by (scope, language)."""

    id: int = 1
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name without a language."""
        return self.names.get("") or "Objection Bot (sandbox)"
