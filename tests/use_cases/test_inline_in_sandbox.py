"""Inline mode as people meet it: `@bot DE` in a group, answered by the whole bot over real HTTP."""

from __future__ import annotations

from tests.conversations.transcript import town_at


async def test_a_member_puts_the_status_with_its_time_into_a_group(tmp_path):
    async with town_at(tmp_path, "2026-12-03 10:00", "Europe/Vienna") as stage:
        sandbox = stage.town.sandbox
        anna = await stage.person("Anna", "en", country="AT")
        group = await sandbox.group(anna.chat, bot="left")
        [status] = (await sandbox.ask(group, "AT", by=anna.chat, wait=60))["results"]
        assert status["title"] == "Austria"
        question = (await sandbox.ask(group, "AT", by=anna.chat, wait=60))["id"]

        await sandbox.choose(group, question, "AT", by=anna.chat)
        [said] = await sandbox.messages(group)
        assert (said["from"], said["content"]["via_bot"]["is_bot"]) == (anna.chat, True)
        assert "Facebook form, Austria:" in said["text"]
        assert "As of 3 Dec 2026, 10:00, by the clock of Vienna" in said["text"]
        assert said["keyboard"][0][0]["url"].endswith("?start=at")

        assert (await sandbox.ask(group, "Thailand", by=anna.chat, wait=60))["results"] == []
        assert len(await sandbox.calls("answerInlineQuery")) == 2, "what may be cached is not asked again"
        assert await anna._state() == [], "who asks inline is nobody's acquaintance"
