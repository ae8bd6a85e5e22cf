"""Telegram's edge: updates in, messages out, pacing, failure classes. Its types end here."""
