"""Who is an admin is asked of Telegram, and remembered for moments: never what was so before something changed."""

from __future__ import annotations

from types import SimpleNamespace

from bot.telegram.standings import Standings
from tests.gates import gate_at, meanwhile

GROUP, KATHARINA = -1001, 7


class Telegram:
    """One group whose administrators change."""

    def __init__(self):
        self.admins = [KATHARINA]

    async def get_chat(self, _chat):
        return SimpleNamespace(is_forum=False, type="supergroup", title="Meta & AI")

    async def get_chat_administrators(self, _chat):
        return [SimpleNamespace(user=SimpleNamespace(id=each, is_bot=False)) for each in self.admins]


async def test_what_was_asked_before_a_change_is_not_remembered_after_it(monkeypatch):
    telegram = Telegram()
    standings = Standings(telegram)
    gate = gate_at(monkeypatch, telegram, "get_chat_administrators")

    async def loses_her_rights():
        telegram.admins.clear()
        standings.forget(GROUP)

    await meanwhile(gate, standings.of(GROUP, KATHARINA), loses_her_rights())
    assert (await standings.of(GROUP, KATHARINA)).is_admin is False
