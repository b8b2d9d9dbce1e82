"""What the commands share: their options, their failures, the settings they work with."""

import os
import tomllib
from pathlib import Path
from typing import Annotated

import typer

from forum.base.settings import HOME, Settings, configure

Data = Annotated[
    Path | None,
    typer.Option("--data", metavar="DIR", help="The folder that holds everything.  [./data]"),
]
Json = Annotated[bool, typer.Option("--json", help="Answer with JSON, for programs.")]

__all__ = ["HOME", "Data", "Failure", "Json", "Misuse", "existing", "make_folder", "ready", "use"]


class Failure(Exception):
    """What was asked cannot be done: one line that says what to do, exit code 1."""


class Misuse(Failure):
    """The command was given what it cannot take, exit code 2."""


def use(data: Path | None) -> Settings:
    """Make the settings of this process, and of those that it starts, with this data folder."""
    if data is not None:
        os.environ["FOLKMOOT_DATA"] = str(data.absolute())
    try:
        config = configure()
    except tomllib.TOMLDecodeError as error:
        raise Misuse(f"{HOME / 'folkmoot.toml'} cannot be read: {error}") from error
    except ValueError as error:  # pydantic's; its own words would quote the value
        raise Misuse(_wrong(error)) from error
    os.environ["FOLKMOOT_DATA"] = str(config.data.absolute())
    return config


def _wrong(error: ValueError) -> str:
    from pydantic import ValidationError  # noqa: PLC0415

    if not isinstance(error, ValidationError):
        return f"a setting cannot be read: {error}"
    first = error.errors()[0]
    name = "FOLKMOOT_" + "_".join(map(str, first["loc"][:1])).upper()
    return f"the setting {name} is wrong: {first['msg']}"


def existing(data: Path | None) -> Settings:
    """The same for a database that must be there, with today's tables."""
    from forum.base import migrate  # noqa: PLC0415

    config = use(data)
    if config.sqlite and not migrate.database_file(config).exists():
        where = config.data.absolute()
        raise Failure(f"there is no database in {where}: name the folder with --data DIR")
    found, known = migrate.revision_of(config), migrate.revisions()
    if known and found != known[-1]:
        raise Failure("the database is of another version: bring it up with run.py migrate")
    return config


def ready(data: Path | None) -> Settings:
    """The same for a database that is made, or brought up to date, where that is still to do."""
    from forum.base import migrate  # noqa: PLC0415

    config = use(data)
    make_folder(config)
    migrate.upgrade(config)
    return config


def make_folder(config: Settings) -> None:
    """The data folder, writable by us and readable by nobody else."""
    try:
        config.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe = config.data / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise Failure(
            f"the data folder {config.data.absolute()} cannot be written ({error.strerror}): "
            "choose another with --data DIR"
        ) from error
