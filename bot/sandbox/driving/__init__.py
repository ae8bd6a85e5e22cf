"""The API that drives the sandbox: people, chats, clock, switches, faults (docs/sandbox.md)."""

from __future__ import annotations

from bot.sandbox.driving import chats, clock, groups, inline, people, state, switches

ROUTES = [*clock.ROUTES, *people.ROUTES, *chats.ROUTES, *inline.ROUTES, *groups.ROUTES, *switches.ROUTES, *state.ROUTES]
