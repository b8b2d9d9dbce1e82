"""The command line: one typer application, one line for every error, exit codes 0, 1 and 2."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from forum.base.errors import Refusal

if TYPE_CHECKING:
    from forum.base.settings import Settings

Data = Annotated[
    Path | None,
    typer.Option("--data", help="The folder that holds everything.", metavar="DIR"),
]
Json = Annotated[bool, typer.Option("--json", help="Answer with JSON, for programs.")]


class Failure(Exception):
    """What was asked cannot be done: one line that says what to do, exit code 1."""


class Misuse(Failure):
    """The command was given what it cannot take, exit code 2."""


def use(data: Path | None, *, must_exist: bool = True) -> "Settings":
    """Make the settings of this process (and of those that it starts) with this data folder."""
    from pydantic import ValidationError  # noqa: PLC0415

    from forum.base.settings import configure  # noqa: PLC0415

    if data is not None:
        os.environ["FOLKMOOT_DATA"] = str(data.absolute())
    try:
        config = configure()
    except ValidationError as error:
        first = error.errors()[0]
        name = "FOLKMOOT_" + "_".join(map(str, first["loc"])).upper()
        raise Misuse(f"the setting {name} is wrong: {first['msg']}") from error
    os.environ["FOLKMOOT_DATA"] = str(config.data.absolute())
    if must_exist and config.sqlite and not config.data.is_dir():
        raise Failure(f"there is no data folder {config.data}: name one with --data DIR")
    return config


def build() -> typer.Typer:
    """The application with the commands of the ground floor; the rooms' ones come with `load`."""
    from forum.base.commands import (  # noqa: PLC0415
        backup,
        bench,
        check,
        demo,
        doctor,
        migrate,
        serve,
        transfer,
        verify,
    )

    app = typer.Typer(
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        help="Folkmoot 议事厅, a deliberation server. Without a command it serves.",
    )
    app.command("serve")(serve.serve)
    app.command("demo")(demo.demo)
    app.command("test", context_settings=check.PASS_ON)(check.test)
    app.command("import")(transfer.import_)
    app.command("export")(transfer.export)
    app.command("verify")(verify.verify)
    app.command("backup")(backup.backup)
    app.command("restore")(backup.restore)
    app.command("migrate")(migrate.migrate)
    app.command("doctor")(doctor.doctor)
    app.command("bench", context_settings=bench.PASS_ON)(bench.bench)
    return app


# These start faster, or work at all in a damaged house, without the rooms.
ALONE = {"test", "bench", "doctor", "backup", "restore"}


def main(arguments: Sequence[str]) -> int:
    """Run one command; what it raises becomes one line and an exit code."""
    words = list(arguments)
    if not words or (words[0].startswith("-") and words[0] not in ("--help", "-h")):
        words.insert(0, "serve")
    app = build()
    if words[0] not in ALONE:
        from forum.base import registry  # noqa: PLC0415

        registry.load()
        for name, commands in registry.commands:
            app.add_typer(commands, name=name)
    try:
        status = app(words, prog_name="run.py", standalone_mode=False)
    except typer.TyperException as error:
        return complain(" ".join(error.format_message().split()), error.exit_code)
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


def complain(message: str, code: int) -> int:
    """Say what went wrong, in one line."""
    print(f"run.py: {message}", file=sys.stderr)
    return code
