"""The database's history. `bot.storage.migrate` runs it."""
