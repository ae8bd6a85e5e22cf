"""The sandbox's page in the browser."""

from __future__ import annotations

from bot.sandbox.page.routes import ROUTES

__all__ = ["ROUTES"]
