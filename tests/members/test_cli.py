"""Accounts from the command line."""

import json
from pathlib import Path

from cast import Cast
from typer.testing import CliRunner

from forum.base import clock
from forum.base.db import reading, transaction
from forum.members import passwords, queries, second
from forum.members.cli import user
from forum.members.identities import SecondFactor
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


def test_a_list_is_looked_at_and_then_taken_in(cast: Cast, tmp_path: Path) -> None:
    place, sheet = f"station:{cast.station}", tmp_path / "people.csv"
    sheet.write_text("name,role\nAnn,\nBo,king\n")
    words = ["import", str(sheet), "--place", place, "--json"]
    looked = json.loads(run.invoke(user, [*words, "--dry-run"]).stdout)
    assert (looked["done"], looked["counts"]["new"]) == (False, 1)
    assert looked["bad"][0]["line"] == 3
    assert json.loads(run.invoke(user, words).stdout)["done"]
    assert json.loads(run.invoke(user, words).stdout)["counts"]["known"] == 1
    out = tmp_path / "out.csv"
    assert run.invoke(user, ["export", "--place", place, "-o", str(out)]).exit_code == 0
    assert "Ann,p-" in out.read_text(encoding="utf-8-sig")
    assert run.invoke(user, ["import", str(tmp_path / "none.csv")]).exit_code == 1


def test_a_second_step_comes_off_for_whoever_lost_it(cast: Cast) -> None:
    assert run.invoke(user, ["second-step", "bob"]).exit_code == 1
    with transaction() as tx:
        tx.add(SecondFactor(member_id=cast.bob.id, sealed="", confirmed_at=clock.now()))
    assert run.invoke(user, ["second-step", "bob"]).exit_code == 0
    with reading() as db:
        assert not second.has(db, cast.bob.id)
