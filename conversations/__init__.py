"""What the bot says and asks: a folder a flow, its steps as data beside its texts. Pure: no input, no output."""
