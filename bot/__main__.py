"""`objection-bot` and `python -m bot`."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Annotated

import typer

from bot import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = {
    "check": "bot.cli.check:check",
    "incidents": "bot.cli.incidents:incidents",
    "correct": "bot.cli.correct:correct",
    "confirm": "bot.cli.confirm:confirm",
    "pause": "bot.cli.pause:pause",
    "doctor": "bot.cli.doctor:doctor",
    "migrate": "bot.cli.migrate:migrate",
    "backup": "bot.cli.backup:backup",
    "rotate-key": "bot.cli.rotate_key:rotate_key",
    "data-map": "bot.cli.data_map:data_map",
    "sandbox": "bot.cli.sandbox:sandbox",
}
"""Where each command lives. Only the one that is asked for is loaded."""


def made_for(arguments: Sequence[str]) -> typer.Typer:
    """The program with the commands that these arguments can mean."""
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=False)
    app.callback(invoke_without_command=True)(start)
    for name in _meant(arguments):
        module, _, function = COMMANDS[name].partition(":")
        app.command(name)(getattr(import_module(module), function))
    return app


def _meant(arguments: Sequence[str]) -> Sequence[str]:
    if arguments and arguments[0] in COMMANDS:
        return arguments[:1]
    return list(COMMANDS) if arguments and arguments[0] != "--version" else ()


def start(
    context: typer.Context,
    *,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Guide people through objecting to Meta's AI training. Without a command: run the bot."""
    if version:
        print(f"objection-bot {__version__}")
    elif context.invoked_subcommand is None:
        from bot.cli.run import run  # noqa: PLC0415  # no other command needs it

        run()


def main() -> None:
    """The entry point."""
    made_for(sys.argv[1:])()


if __name__ == "__main__":
    main()
