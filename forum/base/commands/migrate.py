"""`run.py migrate`: the tables brought to today's without serving; the next revision drafted."""

import importlib
from typing import Annotated

import typer

from forum.base.commands.common import Data, use


def migrate(
    data: Data = None,
    draft: Annotated[
        str | None,
        typer.Option(metavar="WORDS", help="For developers: write the next revision instead."),
    ] = None,
) -> None:
    """Bring the database to the newest revision (serving does so by itself)."""
    from forum.base import migrate as tables  # noqa: PLC0415

    if draft is not None:
        path = importlib.import_module("migrations.draft").write(draft)
        print(f"Read and correct {path}.")
        return
    config = use(data)
    config.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    before = tables.revision_of(config)
    if tables.upgrade(config):
        print(f"From revision {before or '-'} to {tables.revision_of(config)}.")
    else:
        print(f"Nothing to do: the database is at revision {before}.")
