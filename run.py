#!/usr/bin/env python3
"""Folkmoot 议事厅: `python3 run.py` installs what it needs beside itself, once, and serves.

Everything up to `create_app` uses the standard library alone, and the file parses on every
Python 3 so that an old one can say which is needed.
"""

import os
import sys

if sys.version_info < (3, 11):
    sys.exit(
        "Folkmoot needs Python 3.11 or newer, and this is {}.{}: install a newer one and start "
        "run.py with it, for example: python3.12 run.py".format(*sys.version_info)
    )

import hashlib
import importlib.util
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from starlette.types import ASGIApp

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
VERSION = ".".join(map(str, sys.version_info[:2]))
ROOMS = ("forum", "voting", "sessions", "moderation", "demo")
UNFINISHED = VENV / "folkmoot.unfinished"  # stands while an install runs


def fail(message: str) -> NoReturn:
    """End with one line."""
    print(f"run.py: {message}", file=sys.stderr)
    sys.exit(1)


def say(message: str) -> None:
    """Tell what takes long, without disturbing a command's output."""
    print(message, file=sys.stderr, flush=True)


def enter_venv() -> NoReturn:
    """Start again with the virtual environment's Python."""
    command = [str(PYTHON), str(ROOT / "run.py"), *sys.argv[1:]]
    if os.name == "nt":  # where exec would leave the terminal to two programs at once
        sys.exit(subprocess.call(command))
    os.execv(command[0], command)


def make_venv() -> None:
    """Make .venv anew, with pip."""
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        fail("Python's venv is missing: install it (Debian, Ubuntu: apt install python3-venv)")
    import venv  # noqa: PLC0415

    say(f"First start: making a virtual environment in {VENV} …")
    try:
        venv.create(VENV, clear=True, with_pip=True, symlinks=os.name != "nt")
    except subprocess.CalledProcessError:
        fail("pip could not be set up: install Python's venv completely (apt install python3-venv)")


def stamp_of(lock: Path) -> str:
    """What a lock's stamp must say: these packages, for this Python."""
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    return f"{VERSION} {digest}\n"


def install(lock: Path) -> None:
    """Install a lock's packages, unless its stamp says that they are there."""
    stamp, wanted = VENV / (lock.name + ".stamp"), stamp_of(lock)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say(f"Installing the packages of {lock.name}, which takes a minute, once …")
    options = "--require-hashes --only-binary :all: --no-input --disable-pip-version-check -qq"
    UNFINISHED.touch()
    pip = [sys.executable, "-m", "pip", "install", *options.split(), "-r", str(lock)]
    if subprocess.call(pip):
        fail("the packages could not be installed: see pip's words above, then start again")
    compile_rooms()
    stamp.write_text(wanted)
    UNFINISHED.unlink()


def compile_rooms() -> None:
    """Compile our own code, as pip does with packages: whoever serves may not write there."""
    import compileall  # noqa: PLC0415

    for room in ROOMS:
        compileall.compile_dir(ROOT / room, quiet=2)


def stale() -> bool:
    """Whether .venv is half made, or made by a Python that has since been replaced."""
    stamps = [stamp.read_text() for stamp in VENV.glob("*.stamp")]
    return (
        UNFINISHED.exists()
        or importlib.util.find_spec("pip") is None
        or any(not text.startswith(f"{VERSION} ") for text in stamps)
    )


def prepare(*locks: str) -> None:
    """Come back only within a virtual environment that holds the packages of these locks."""
    try:
        if Path(sys.prefix).resolve() != VENV.resolve():
            if not (PYTHON.exists() and (VENV / "pyvenv.cfg").exists()):
                make_venv()
            enter_venv()
        if stale():
            make_venv()
            enter_venv()
        for lock in locks:
            install(ROOT / lock)
    except OSError as error:
        fail(
            f"{VENV} cannot be written ({error.strerror}): copy the folder to where you may "
            "write, or let its owner start run.py once"
        )


def create_app() -> "ASGIApp":
    """The application, for each process of uvicorn (`run:create_app`, as a factory)."""
    from forum.base import log, web  # noqa: PLC0415

    log.setup()
    return web.create_app()


def main() -> NoReturn:
    """Prepare, then hand over to the command line."""
    arguments = sys.argv[1:]
    locks = ["requirements.lock"]
    if arguments[:1] == ["test"]:
        locks.append("requirements-dev.lock")
    prepare(*locks)

    from forum.base.commands.line import main as run  # noqa: PLC0415

    sys.exit(run(arguments))


if __name__ == "__main__":
    main()
