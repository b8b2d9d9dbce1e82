"""A person's data from the command line: for whoever asks an operator at the counter."""

from pathlib import Path
from typing import Annotated

import typer

from forum.base import erasure, registry
from forum.base.db import reading, transaction
from forum.base.errors import Refusal
from forum.members import queries as members
from forum.members.models import Member
from forum.privacy import queries, service

person = typer.Typer(help="A person's data: copy, erase.", no_args_is_help=True)
registry.command(person, "person")


def _id_of(login: str) -> int:
    with reading() as db:
        found = members.credential(db, login)
    if found is None:
        typer.echo(f"run.py: nobody has the login name {login}", err=True)
        raise typer.Exit(1)
    return found[0]


@person.command()
def copy(
    login: str,
    output: Annotated[Path, typer.Option("-o", "--output", help="The file to write.")],
) -> None:
    """Write all that is kept of somebody as JSON, for them to take along."""
    ident = _id_of(login)
    with reading() as db:
        content = queries.as_json(erasure.gathered(db, ident))
    output.write_bytes(content)
    with transaction() as tx:
        service.taken(tx, ident)
    typer.echo(f"{output} holds what is kept of {login}.")


@person.command()
def erase(
    login: str,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Erase somebody now: what must stay in the record stays without their name."""
    ident = _id_of(login)
    if not yes:
        typer.confirm(f"Erase {login} for good?", abort=True)
    try:
        with transaction() as tx:
            service.erase(tx, None, ident)
    except Refusal as refusal:
        typer.echo(f"run.py: {refusal.message}", err=True)
        raise typer.Exit(1) from refusal
    typer.echo(f"The account with the number {ident} is erased.")


@person.command()
def again() -> None:
    """After a restore: erase again whom this data folder remembers as erased."""
    done = 0
    for ident in erasure.noted():
        with transaction() as tx:
            found = tx.get(Member, ident)
            if found is not None and found.erased_at is None:
                service.erase(tx, None, ident)
                done += 1
    typer.echo(f"{done} accounts are erased again.")
