"""What the bot does, one verb a file: gather, decide (pure), save."""
