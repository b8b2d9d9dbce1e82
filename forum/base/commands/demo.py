"""`run.py demo`: a server with content to try things on, for this machine alone."""

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from forum.base.commands import serve
from forum.base.commands.common import HOME, Data, Failure, Misuse, use
from forum.base.settings import DEMO_MARKER

if TYPE_CHECKING:
    from forum.base.settings import Settings

# A demo never touches what a real server is set to use.
ALONE = {
    "FOLKMOOT_BASE_URL": "",
    "FOLKMOOT_BUS_URL": "",
    "FOLKMOOT_DATABASE_URL": "",
    "FOLKMOOT_HOST": "127.0.0.1",
    "FOLKMOOT_TLS_CERT": "",
    "FOLKMOOT_TLS_KEY": "",
    "FOLKMOOT_TRUSTED_PROXIES": "",
    "FOLKMOOT_WORKERS": "1",
}


def demo(port: serve.Port = None, data: Data = None) -> None:
    """Serve demo content with one-click personas, reachable from this machine only."""
    os.environ.update(ALONE)
    if port is not None:
        os.environ["FOLKMOOT_PORT"] = str(port)
    folder = (data or HOME / "demo-data").absolute()
    if folder.exists() and any(folder.iterdir()) and not (folder / DEMO_MARKER).exists():
        raise Misuse(f"{folder} holds other things than a demo: choose a new folder with --data")
    config = use(folder)
    listener = serve.listen(config)
    if not (folder / DEMO_MARKER).exists():
        print(f"Loading the demo into {folder}, once …", flush=True)
        load(folder)
    config = use(folder)
    serve.prepare(config)
    where = serve.address(config, listener.getsockname()[1])
    serve.run(
        config,
        listener,
        f"The demo of Folkmoot 议事厅 is at {where}\n"
        "Choose a person on the sign-in page to be them. Ctrl+C stops; "
        f"delete {folder} to begin anew.",
    )


def load(folder: Path) -> None:
    """Load the content beside the folder and move it there when it is whole."""
    from forum.base import db  # noqa: PLC0415

    unfinished = folder.with_name(f"{folder.name}.unfinished")
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        (unfinished / DEMO_MARKER).touch()
    except OSError as error:
        why = f"{unfinished} cannot be written ({error.strerror})"
        raise Failure(f"{why}: choose another folder with --data DIR") from error
    _fill(use(unfinished))
    db.close()
    if folder.exists():
        folder.rmdir()
    unfinished.rename(folder)


def _fill(config: "Settings") -> None:
    from forum.base import log, migrate  # noqa: PLC0415

    log.quiet = True
    migrate.upgrade(config)
    # The top floor's content, by name: the ground imports no floor above it.
    import importlib  # noqa: PLC0415

    importlib.import_module("demo").load()
    log.quiet = False
