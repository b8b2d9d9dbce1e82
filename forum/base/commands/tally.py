"""`run.py tally`: count a file of ballots, with no server and no data folder."""

import importlib
from pathlib import Path
from typing import Annotated, Any

import typer

from forum.base.commands.common import Failure, Json, Misuse

# By name, as importers are: the ground floor knows no room.
COUNTING, SHEET = "voting.formats.counting", "voting.formats.sheet"


def tally(
    file: Annotated[Path, typer.Argument(help="BLT, PrefLib, Pabulib, ABIF or CSV.")],
    method: Annotated[str, typer.Option(help="plurality, irv, stv-scottish, schulze …")],
    seats: Annotated[
        int | None, typer.Option(min=1, help="How many are elected.  [as the file says]")
    ] = None,
    seed: Annotated[
        str, typer.Option(metavar="TEXT", help="The announced seed by which lots are drawn.")
    ] = "",
    settings: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="Set what it offers.")
    ] = None,
    format: Annotated[
        str, typer.Option(help="blt, preflib, pabulib, abif or csv.  [by the name's ending]")
    ] = "",
    as_json: Json = False,
) -> None:
    """Count the ballots of a file, round by round, and say who is elected and why."""
    counting: Any = importlib.import_module(COUNTING)
    given = dict(_pair(text) for text in settings or ())
    if seats is not None:
        given["seats"] = str(seats)
    if not file.is_file():
        raise Misuse(f"there is no file {file}")
    try:
        way = counting.way_of(method)
        said = counting.counted(counting.taken(file, format), way, given, seed)
    except counting.Unfit as error:
        raise Misuse(str(error)) from None
    except counting.Unreadable as error:
        raise Failure(f"{file}: {error}") from None
    except OSError as error:
        raise Failure(f"{file} cannot be read: {error.strerror}") from error
    if as_json:
        print(counting.dumped(said))
        return
    sheet: Any = importlib.import_module(SHEET)
    print(sheet.page(said), end="")


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (name and equals):
        raise Misuse(f"--set takes NAME=VALUE, not {text}")
    return name, value
