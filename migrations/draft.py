"""For developers: writes the next revision (`run.py migrate --draft "what changes"`).

It compares the models with a fresh SQLite database at the newest revision. Read what it wrote: a
renamed column is a dropped one and a new one to it.
"""

import subprocess
import sys
import tempfile
from contextlib import redirect_stdout
from pathlib import Path

from alembic import command

from forum.base import migrate


def write(message: str) -> Path:
    """Write the next revision; returns its file."""
    before = set((migrate.FOLDER / "versions").glob("*.py"))
    number = f"{len(migrate.revisions()) + 1:04}"
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(sys.stderr):
        url = f"sqlite:///{folder}/compare.sqlite3"
        if migrate.revisions():
            with migrate.connecting(url) as connection:
                migrate.run(connection)
        with migrate.connecting(url) as connection:
            config = migrate.alembic_config(connection)
            command.revision(config, message, autogenerate=True, rev_id=number)
    (made,) = set((migrate.FOLDER / "versions").glob("*.py")) - before
    lines = made.read_text().splitlines(keepends=True)
    made.write_text("".join(line for line in lines if "# ### " not in line))
    for verb in ("format", "check --fix"):
        ruff = [sys.executable, "-m", "ruff", *verb.split(), "--quiet", str(made)]
        subprocess.run(ruff, check=True)
    return made
