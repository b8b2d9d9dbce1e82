"""Accounts from the command line: what an operator does without a browser."""

import json
import sys
from getpass import getpass
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import select
from sqlmodel import col

from forum.base import registry
from forum.base.db import Db, reading, transaction
from forum.base.errors import Refusal
from forum.members import grounds, intake, queries, roster, service, sheets, taking
from forum.members.models import PLATFORM, Member, Role, Verdict
from forum.members.passwords import hashed
from forum.members.service.second import reset

user = typer.Typer(help="Accounts: add, list, role, password, second-step.", no_args_is_help=True)
registry.command(user, "user")


def _end(message: str) -> typer.Exit:
    typer.echo(f"run.py: {message}", err=True)
    return typer.Exit(1)


def _password(login: str) -> str:
    """A line of the standard input; asked for without echo where somebody sits before it."""
    if sys.stdin.isatty():
        password = getpass("Password: ")
        if password != getpass("Again: "):
            raise _end("the two passwords differ")
    else:
        password = sys.stdin.readline().rstrip("\n")
    try:
        service.check_password(password, login)
    except Refusal as refusal:
        raise _end(" ".join(refusal.fields.values())) from refusal
    return password


def _id_of(db: Db, login: str) -> int:
    found = queries.credential(db, login)
    if found is None:
        raise _end(f"nobody has the login name {login}")
    return found[0]


@user.command()
def add(
    login: str,
    name: Annotated[str, typer.Option(help="The name that others see.")] = "",
    administrator: Annotated[bool, typer.Option(help="Make an administrator.")] = False,
) -> None:
    """Open an account; the password is read from the terminal or the standard input."""
    secret = hashed(_password(login))
    try:
        with transaction() as tx:
            new = service.register(tx, login=login, name=name or login, password=secret)
            if administrator:
                service.grant(tx, None, new, Role.ADMINISTRATOR, PLATFORM)
    except Refusal as refusal:
        raise _end(" ".join(refusal.fields.values()) or refusal.message) from refusal
    typer.echo(f"{login} is open, with the number {new}.")


@user.command(name="list")
def list_() -> None:
    """Show all accounts and their roles."""
    query = select(col(Member.id), col(Member.login), col(Member.name)).where(
        col(Member.erased_at).is_(None)
    )
    with reading() as db:
        people = db.execute(query.order_by(col(Member.login))).all()
        roles: dict[int, list[str]] = {}
        for grant in queries.grants(db, [person.id for person in people]):
            roles.setdefault(grant.member_id, []).append(f"{grant.role}@{grant.place}")
    for ident, login, name in people:
        typer.echo(f"{ident}\t{login}\t{name}\t{' '.join(roles.get(ident, ()))}")


def _place(place: str) -> str:
    if not queries.is_place(place):
        raise _end(f"{place} is not a place: write platform, station:3, consultation:7 …")
    return place


@user.command()
def role(
    login: str,
    role: Role,
    place: Annotated[str, typer.Argument(help="platform, station:3, consultation:7 …")] = PLATFORM,
    revoke: Annotated[bool, typer.Option(help="Take the role away instead.")] = False,
) -> None:
    """Give somebody a role in a place, or take it away."""
    _place(place)
    try:
        with transaction() as tx:
            verb = service.revoke if revoke else service.grant
            verb(tx, None, _id_of(tx, login), role, place)
    except Refusal as refusal:
        raise _end(refusal.message) from refusal
    typer.echo(f"{login} is {'no longer ' if revoke else ''}{role} in {place}.")


@user.command()
def password(login: str) -> None:
    """Give somebody a new password; all their devices are signed out."""
    secret = hashed(_password(login))
    with transaction() as tx:
        member = _id_of(tx, login)
        service.set_password(tx, None, member, secret)
        service.sign_out_everywhere(tx, member)
    typer.echo(f"{login} has a new password and is signed out everywhere.")


@user.command(name="import")
def import_(
    file: Annotated[Path, typer.Argument(help="A list (CSV) with the columns name, login, role …")],
    place: Annotated[str, typer.Option(help="platform, station:3 …")] = PLATFORM,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say only what would happen.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Answer with JSON.")] = False,
) -> None:
    """Take in a list of people; lines that are wrong are left out and named."""
    try:
        lines = sheets.lines(sheets.decoded(file.read_bytes()))
        with reading() as db:
            judged = intake.judge(db, None, _place(place), lines)
        counted = intake.tally(judged)
        if not dry_run:
            counted = dict(taking.take_in(place, lines))
    except OSError as error:
        raise _end(f"{file} cannot be read: {error.strerror}") from error
    except Refusal as refusal:
        raise _end(refusal.message) from refusal
    bad = [
        {"line": each.line.number, "name": each.line.name, "reason": each.reason}
        for each in judged
        if each.verdict is Verdict.BAD
    ]
    if as_json:
        answer = {"place": place, "done": not dry_run, "counts": counted, "bad": bad}
        typer.echo(json.dumps(answer, ensure_ascii=False))
        return
    for each in bad:
        typer.echo(f"line {each['line']}: {each['reason']}", err=True)
    typer.echo(", ".join(f"{number} {verdict}" for verdict, number in counted.items()))


@user.command()
def export(
    place: Annotated[str, typer.Option(help="platform, station:3 …")] = PLATFORM,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="The file.")] = None,
) -> None:
    """Write the people of a place as a list that an import reads; the log keeps it."""
    try:
        with transaction() as tx:
            around = grounds.around(tx, _place(place))
            rows = roster.exported(tx, None, grounds.Ground(place, "", "", "", frozenset(), around))
            service.take_out(tx, None, place, len(rows))
    except Refusal as refusal:
        raise _end(refusal.message) from refusal
    data = sheets.written(rows)
    if output is None:
        sys.stdout.buffer.write(data)
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        raise _end(f"{output} cannot be written: {error.strerror}") from error


@user.command(name="second-step")
def second_step(login: str) -> None:
    """Take the second step off somebody's sign-in who lost telephone and recovery codes."""
    try:
        with transaction() as tx:
            reset(tx, None, _id_of(tx, login))
    except Refusal as refusal:
        raise _end(refusal.message) from refusal
    typer.echo(f"{login} signs in without a second step until they set it up again.")
