"""A stand-in for Telegram and for Meta's pages, with a clock that can be moved. All of it in memory."""
