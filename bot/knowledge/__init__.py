"""The world as data: TOML files beside this one, each record with its sources and the day it was checked."""

from bot.knowledge.loading import load
from bot.knowledge.records import Address, Knowledge

__all__ = ["Address", "Knowledge", "load"]
