"""The database's tables, brought to today's: Alembic, loaded only when there is something to do."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from forum.base.errors import Refusal

if TYPE_CHECKING:
    from alembic.config import Config

    from forum.base.settings import Settings

FOLDER = Path(__file__).resolve().parents[2] / "migrations"
LOCK = 7_264_001  # PostgreSQL's name for "somebody is migrating"


def revisions() -> list[str]:
    """The numbers of the revision files, oldest first: `0001_begin.py` is revision 0001."""
    return sorted(path.name.split("_")[0] for path in (FOLDER / "versions").glob("[0-9]*_*.py"))


def current(connection: Connection) -> str | None:
    """The revision of a database; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("select version_num from alembic_version")).scalar()
    return found


def database_file(config: "Settings") -> Path:
    """The SQLite database."""
    return Path(make_url(config.url).database or "")


def revision_of(config: "Settings") -> str | None:
    """The revision of the configured database."""
    if config.sqlite and not database_file(config).exists():
        return None
    with connecting(config.url, write=False) as connection:
        return current(connection)


@contextmanager
def connecting(url: str, *, write: bool = True) -> Iterator[Connection]:
    """A connection of its own in one transaction, on SQLite without foreign keys.

    There, changing a table means copying it and dropping the old one, which would take along the
    rows that refer to it.
    """
    engine = _engine(url, write)
    try:
        with engine.begin() as connection:
            yield connection
    except OperationalError as error:
        where = engine.url.render_as_string(hide_password=True)
        why = str(error.orig).strip().splitlines()[0]
        raise Refusal(f"the database {where} cannot be used: {why}") from error
    finally:
        engine.dispose()


def _engine(url: str, write: bool) -> Engine:
    engine = create_engine(url, poolclass=NullPool)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def on_connect(connection: Any, _record: Any) -> None:
            connection.isolation_level = None
            connection.execute("PRAGMA foreign_keys=OFF")
            if write:
                connection.execute("PRAGMA journal_mode=WAL")
                connection.execute("PRAGMA secure_delete=ON")

        @event.listens_for(engine, "begin")
        def on_begin(connection: Connection) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def upgrade(config: "Settings") -> bool:
    """Bring the database to the newest revision; returns whether anything was to be done."""
    known = revisions()
    found = revision_of(config)
    if known and found == known[-1]:
        return False
    if found is not None and found not in known:
        raise Refusal(
            f"the database is of revision {found}, which this version does not know: "
            "run the version of Folkmoot that wrote it, or a newer one"
        )
    with connecting(config.url) as connection:
        run(connection)
    return True


def run(connection: Connection, target: str = "head") -> None:
    """Upgrade over an open connection, in its transaction."""
    from alembic import command  # noqa: PLC0415

    if connection.dialect.name == "postgresql":
        connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    command.upgrade(alembic_config(connection), target)
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if broken:
            raise Refusal(f"the migration would leave {broken[0]} with a dangling reference")


def alembic_config(connection: Connection) -> "Config":
    """Alembic's settings, without an ini file."""
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config
