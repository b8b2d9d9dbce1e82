"""The command line: one typer application, one line for every error, exit codes 0, 1 and 2."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import typer

from forum.base import i18n
from forum.base.commands import (
    backup,
    bench,
    check,
    demo,
    doctor,
    migrate,
    serve,
    simulate,
    tally,
    transfer,
    verify,
)
from forum.base.commands.common import Failure, Misuse, existing
from forum.base.errors import Refusal

HELP = "Folkmoot 议事厅, a deliberation server. Without a command it serves."
# These start faster, or even in a damaged house, without the rooms.
ALONE = {"test", "bench", "tally", "simulate", "doctor", "backup", "restore"}


def build() -> typer.Typer:
    """The application with the commands of the ground floor."""
    app = typer.Typer(
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        help=HELP,
    )
    app.command("serve")(serve.serve)
    app.command("demo")(demo.demo)
    app.command("test", context_settings=check.PASS_ON)(check.test)
    app.command("import")(transfer.import_)
    app.command("export")(transfer.export)
    app.command("tally")(tally.tally)
    app.command("verify")(verify.verify)
    app.command("backup")(backup.backup)
    app.command("restore")(backup.restore)
    app.command("migrate")(migrate.migrate)
    app.command("doctor")(doctor.doctor)
    app.command("bench", context_settings=bench.PASS_ON)(bench.bench)
    app.command("simulate", context_settings=bench.PASS_ON)(simulate.simulate)
    return app


def main(arguments: Sequence[str]) -> int:
    """Run one command; what it raises becomes one line and an exit code."""
    words = list(arguments)
    if not words or (words[0].startswith("-") and words[0] not in ("--help", "-h")):
        words.insert(0, "serve")
    try:
        with i18n.using("en"):  # as all else on a terminal
            status = run(words)
    except typer.TyperException as error:
        return complain(error.format_message(), error.exit_code)
    except Misuse as error:
        return complain(str(error), 2)
    except (Failure, Refusal) as error:
        return complain(str(error), 1)
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except BrokenPipeError:
        # The reader has gone (`| head`): keep Python from complaining as it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status if isinstance(status, int) else 0


def run(words: list[str]) -> object:
    """Run a command; returns what it returns."""
    app = build()
    if words[0] not in ALONE:
        words = add_rooms(app, words)
    return app(words, prog_name="run.py", standalone_mode=False)


def add_rooms(app: typer.Typer, words: list[str]) -> list[str]:
    """Add the rooms' commands, which all take --data; returns the words without it."""
    from forum.base import registry  # noqa: PLC0415

    registry.load()
    for name, commands in registry.commands:
        app.add_typer(commands, name=name)
    if words[0] not in {name for name, _ in registry.commands}:
        return words
    data, rest = take_data(words)
    if "--help" not in rest and len(rest) > 1:
        existing(data)
    return rest


def take_data(words: list[str]) -> tuple[Path | None, list[str]]:
    """Take `--data DIR` or `--data=DIR` out of the words."""
    data, rest, given = None, [], iter(words)
    for word in given:
        if word == "--data":
            data = Path(next(given, ""))
        elif word.startswith("--data="):
            data = Path(word.removeprefix("--data="))
        else:
            rest.append(word)
    return data, rest


def complain(message: str, code: int) -> int:
    """Say what went wrong, in one line (a room's name alone is answered with its commands)."""
    listing = message.startswith("Usage:")
    print(message if listing else f"run.py: {' '.join(message.split())}", file=sys.stderr)
    return code
