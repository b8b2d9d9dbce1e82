"""`run.py backup` and `run.py restore`: a data folder as one file, and back."""

import shutil
from pathlib import Path
from typing import Annotated

import typer

from forum.base.commands.common import Data, Failure, Misuse, use


def backup(
    file: Annotated[Path, typer.Argument(help="The file to write.")],
    data: Data = None,
    no_files: Annotated[bool, typer.Option("--no-files", help="Leave uploaded files out.")] = False,
    with_keys: Annotated[
        bool, typer.Option("--with-keys", help="Put the signing keys in: guard the file well.")
    ] = False,
) -> None:
    """Copy everything into one file, also while the server runs."""
    from forum.base import archive, migrate  # noqa: PLC0415

    config = use(data)
    if not config.sqlite:
        raise Failure(
            "the database is PostgreSQL: back it up with pg_dump, "
            f"and copy the folders files and keys of {config.data.absolute()}"
        )
    database = migrate.database_file(config)
    if not database.exists():
        where = config.data.absolute()
        raise Failure(f"there is no database in {where}: name the folder with --data DIR")
    if file.exists():
        raise Misuse(f"{file} exists: choose another name")
    try:
        made = archive.pack(
            database,
            config.data,
            file,
            revision=migrate.revision_of(config),
            files=not no_files,
            keys=with_keys,
        )
    except OSError as error:
        raise Failure(f"{file} cannot be written: {error.strerror}") from error
    print(f"{file}: the database and {made.files} files, {file.stat().st_size} bytes.")
    if not with_keys:
        keys = config.keys.absolute()
        print(f"The signing keys are not in it: keep a copy of {keys} in another safe place.")


def restore(
    file: Annotated[Path, typer.Argument(help="A backup.")],
    data: Data = None,
) -> None:
    """Lay a backup out as a new data folder."""
    from forum.base import archive  # noqa: PLC0415

    config = use(data)
    folder = config.data.absolute()
    if not file.is_file():
        raise Misuse(f"there is no file {file}")
    if folder.exists() and any(folder.iterdir()):
        raise Misuse(f"{folder} is not empty: move it away, or name a new folder with --data DIR")
    unfinished = folder.with_name(f"{folder.name}.unfinished")
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True, mode=0o700)
        made = archive.unpack(file, unfinished)
        if folder.exists():
            folder.rmdir()
        unfinished.rename(folder)
    except OSError as error:
        raise Failure(f"{folder} cannot be written: {error.strerror}") from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    print(f"{folder} is as it was, with {made.files} files. Serve it: run.py --data {folder}")
    if not made.keys:
        print(f"The backup holds no signing keys: copy the old ones into {config.keys} first.")
    print("Whoever was erased since the backup: run.py person again erases them anew.")
