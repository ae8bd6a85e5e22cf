"""`objection-bot` and `python -m bot`."""

from __future__ import annotations

from typing import Annotated

import typer

from bot import __version__
from bot.cli.check import check
from bot.cli.run import run
from bot.cli.sandbox import sandbox

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=False)
app.command()(check)
app.command()(sandbox)


def _version(*, asked: bool) -> None:
    if asked:
        print(f"objection-bot {__version__}")  # noqa: T201  # what was asked for
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    *,
    version: Annotated[bool, typer.Option("--version", help="Print the version.", callback=lambda v: _version(asked=v))] = False,
) -> None:
    """Guide people through objecting to Meta's AI training. Without a command: run the bot."""
    if context.invoked_subcommand is None:
        run()


def main() -> None:
    """The entry point."""
    app()


if __name__ == "__main__":
    main()
