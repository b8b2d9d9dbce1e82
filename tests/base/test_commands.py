"""The command line: what each command does, one line for every mistake, the exit codes."""

import json
import os
import socket
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest
from cast import Cast

from forum.base import db, keys, migrate
from forum.base.commands import line
from forum.base.settings import settings


class Said(NamedTuple):
    """What a command answered."""

    code: int
    out: str
    err: str


Command = Callable[..., Said]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Command]:
    """`run("doctor", "--data", folder)`, in this process."""
    before = dict(os.environ)
    keys._secret.cache_clear()

    def command(*words: object) -> Said:
        capfd.readouterr()
        code = line.main([str(word) for word in words])
        return Said(code, *capfd.readouterr())

    yield command
    keys._secret.cache_clear()
    for name in os.environ.keys() - before.keys():
        del os.environ[name]
    os.environ.update(before)


@pytest.fixture
def house(data: Path, cast: Cast) -> Path:
    """A data folder as serving leaves it: with today's revision."""
    if revisions := migrate.revisions():
        with migrate.connecting(settings().url) as connection:
            connection.exec_driver_sql("create table alembic_version (version_num varchar(32))")
            connection.exec_driver_sql("insert into alembic_version values (?)", (revisions[-1],))
    db.close()
    return data


def one_line(said: Said, code: int, *words: str) -> None:
    """The answer is one line on stderr that holds these words."""
    assert said.code == code
    assert not said.out
    assert said.err.startswith("run.py: ")
    assert said.err.count("\n") == 1
    assert all(word in said.err for word in words), said.err


def test_help_names_the_commands(run: Command) -> None:
    """Those of the ground floor and those of the rooms."""
    said = run("--help")
    assert said.code == 0
    known = "serve demo test import export tally verify backup restore migrate doctor user"
    for name in known.split():
        assert f"\n  {name}" in said.out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["nonsense"], "nonsense"),
        (["--nonsense"], "--nonsense"),
        (["--port", "many"], "--port"),
        (["backup"], "file"),
        (["export", "minutes", "1"], "--format"),
        (["--workers", "4"], "FOLKMOOT_DATABASE_URL"),
        (["--workers", "0"], "at least 1"),
        (["--tls-cert", "/nowhere.pem"], "--tls-key"),
        (["--tls-cert", "/nowhere.pem", "--tls-key", "/nowhere.key"], "/nowhere.pem"),
        (["import", "list", "--data"], "--data"),
        (["bench", "nonsense"], "nonsense"),
        (["verify", "/nowhere.zip"], "/nowhere.zip"),
    ],
)
def test_misuse_is_one_line_and_two(
    run: Command, tmp_path: Path, words: list[str], says: str
) -> None:
    """The command was given what it cannot take."""
    os.environ["FOLKMOOT_DATA"] = str(tmp_path / "none")
    one_line(run(*words), 2, says)
    assert not (tmp_path / "none").exists()


def test_a_bad_certificate_is_said(run: Command, tmp_path: Path) -> None:
    """Before anything is made."""
    bad = tmp_path / "x.pem"
    bad.write_text("no certificate")
    one_line(run("--tls-cert", bad, "--tls-key", bad, "--data", tmp_path / "d"), 2, "x.pem")


def test_a_wrong_setting_is_named_without_its_value(run: Command) -> None:
    """It may be a secret."""
    os.environ["FOLKMOOT_TRUSTED_PROXIES"] = "hunter2"
    said = run("doctor")
    one_line(said, 2, "FOLKMOOT_TRUSTED_PROXIES")


def test_a_taken_port_changes_nothing(run: Command, tmp_path: Path) -> None:
    """The second start leaves the first one's data alone."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = run("serve", "--port", port, "--data", tmp_path / "d")
    one_line(said, 1, str(port), "--port")
    assert not (tmp_path / "d" / "folkmoot.sqlite3").exists()


def test_a_folder_that_cannot_be_written_is_said(run: Command, tmp_path: Path) -> None:
    """Whoever runs it: a file stands where the folder should be."""
    (tmp_path / "file").touch()
    one_line(run("--data", tmp_path / "file", "--port", 0), 1, "--data")


def test_a_demo_takes_no_other_folder(run: Command, house: Path) -> None:
    """What is real stays real."""
    one_line(run("demo", "--data", house, "--port", 0), 2, "--data")


@pytest.mark.parametrize("command", ["verify", "backup x.zip"])
def test_there_must_be_a_database(run: Command, tmp_path: Path, command: str) -> None:
    """A mistyped folder is not made."""
    said = run(*command.split(), "--data", tmp_path / "none")
    one_line(said, 1, "--data")
    assert not (tmp_path / "none").exists()


def test_a_backup_holds_everything_but_the_keys(run: Command, house: Path, tmp_path: Path) -> None:
    """Restored, it verifies with the server's keys."""
    (house / "files" / "ab").mkdir(parents=True)
    (house / "files" / "ab" / "abc").write_text("a file")
    packed, copy = tmp_path / "b.zip", tmp_path / "copy"
    said = run("backup", packed, "--data", house)
    assert said.code == 0, said.err
    assert "keys" in said.out
    assert packed.stat().st_mode & 0o077 == 0
    assert run("verify", packed, "--data", house).code == 0
    assert run("restore", packed, "--data", copy).code == 0
    assert (copy / "files" / "ab" / "abc").read_text() == "a file"
    assert not list((copy / "keys").glob("*.ed25519"))
    one_line(run("backup", packed, "--data", house), 2, "exists")
    one_line(run("restore", packed, "--data", copy), 2, "not empty")


def test_with_its_keys_it_stands_alone(run: Command, house: Path, tmp_path: Path) -> None:
    """Anywhere."""
    packed, copy = tmp_path / "b.zip", tmp_path / "copy"
    assert run("backup", packed, "--data", house, "--with-keys").code == 0
    assert run("restore", packed, "--data", copy).code == 0
    said = run("verify", "--data", copy, "--json")
    report = json.loads(said.out)
    assert report["sound"] is True
    assert report["counts"]["events"] > 10
    assert report["faults"] == []
    assert said.code == 0


def test_a_backup_keeps_no_order_of_coming(run: Command, house: Path, tmp_path: Path) -> None:
    """Tables without a rowid lie in the order of their key, page after page."""
    packed, copy = tmp_path / "b.zip", tmp_path / "copy"
    run("backup", packed, "--data", house)
    run("restore", packed, "--data", copy)
    with closing(sqlite3.connect(copy / "folkmoot.sqlite3")) as database:
        assert database.execute("pragma freelist_count").fetchone() == (0,)
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)


def test_a_damaged_backup_is_refused(run: Command, house: Path, tmp_path: Path) -> None:
    """Nothing is left of the attempt."""
    packed = tmp_path / "b.zip"
    run("backup", packed, "--data", house)
    content = bytearray(packed.read_bytes())
    content[len(content) // 3] ^= 0xFF
    packed.write_bytes(content)
    one_line(run("restore", packed, "--data", tmp_path / "copy"), 1, "damaged")
    packed.write_bytes(b"no zip")
    one_line(run("restore", packed, "--data", tmp_path / "copy"), 1, "not a backup")
    assert [path.name for path in tmp_path.iterdir() if "copy" in path.name] == []


def test_verify_names_what_was_changed(run: Command, house: Path) -> None:
    """And the exit code says that something was."""
    with closing(sqlite3.connect(house / "folkmoot.sqlite3")) as database:
        database.execute("update event set actor_id = 999 where seq = 2")
        database.commit()
    said = run("verify", "--data", house)
    assert said.code == 1
    assert "event_changed: " in said.out


def test_doctor_looks_at_everything(run: Command, house: Path) -> None:
    """As JSON for programs; keys that others may read are a fault."""
    said = run("doctor", "--data", house, "--json")
    levels = {finding["about"]: finding["level"] for finding in json.loads(said.out)}
    assert said.code == 0
    assert {"python", "sqlite", "data", "disk", "database", "clock"} <= levels.keys()
    key = next((house / "keys").glob("*.ed25519"))
    key.chmod(0o644)
    said = run("doctor", "--data", house)
    assert said.code == 1
    assert "chmod 600" in said.out


def test_import_and_export_name_what_there_is(run: Command, house: Path) -> None:
    """An unknown format is answered with the known ones."""
    assert run("import", "list").code == 0
    one_line(run("import", "nonsense", house, "--data", house), 1, "nonsense")
    one_line(run("export", "nonsense", 1, "--format", "x", "--data", house), 1, "nonsense")


def test_a_rooms_commands_take_data(run: Command, house: Path) -> None:
    """Before or behind their own words."""
    assert "bob" in run("user", "list", "--data", house).out
    assert "bob" in run("user", f"--data={house}", "list").out
