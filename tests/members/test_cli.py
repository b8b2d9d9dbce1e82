"""Accounts from the command line."""

from cast import Cast
from typer.testing import CliRunner

from forum.base.db import reading
from forum.members import passwords, queries
from forum.members.cli import user
from forum.members.models import PLATFORM, Role

run = CliRunner()


def test_an_account_with_its_password_from_a_pipe(cast: Cast) -> None:
    made = run.invoke(user, ["add", "operator", "--administrator"], input="a long enough word\n")
    assert made.exit_code == 0
    with reading() as db:
        found = queries.credential(db, "operator")
        assert found is not None
        assert passwords.matches(found[1], "a long enough word")
        assert queries.administrates(db, queries.actor_of(db, found[0]))


def test_a_weak_password_ends_with_one_line(cast: Cast) -> None:
    made = run.invoke(user, ["add", "operator"], input="weak\n")
    assert made.exit_code == 1
    assert "At least eight characters" in made.output


def test_the_list_shows_roles(cast: Cast) -> None:
    listed = run.invoke(user, ["list"])
    assert f"clerk\tThe clerk\toperator@station:{cast.station}" in listed.output


def test_roles_come_and_go(cast: Cast) -> None:
    assert run.invoke(user, ["role", "bob", "committee"]).exit_code == 0
    with reading() as db:
        assert Role.COMMITTEE in queries.roles(db, cast.bob, [PLATFORM])
    assert run.invoke(user, ["role", "bob", "committee", "--revoke"]).exit_code == 0
    assert run.invoke(user, ["role", "bob", "committee", "--revoke"]).exit_code == 1
    assert run.invoke(user, ["role", "bob", "committee", "nowhere"]).exit_code == 1
    assert run.invoke(user, ["role", "nobody", "committee"]).exit_code == 1


def test_a_new_password_signs_out_everywhere(cast: Cast) -> None:
    changed = run.invoke(user, ["password", "bob"], input="quite another word\n")
    assert changed.exit_code == 0
    with reading() as db:
        found = queries.credential(db, "bob")
        assert found is not None
        assert passwords.matches(found[1], "quite another word")
