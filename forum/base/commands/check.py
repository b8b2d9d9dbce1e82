"""`run.py test`: what is checked before anything is accepted, the same on every machine."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from forum.base.commands.common import HOME

PASS_ON = {"allow_extra_args": True, "ignore_unknown_options": True}
CHECKS = (
    ("ruff", "check", "--quiet", "."),
    ("ruff", "format", "--check", "--quiet", "."),
    ("mypy",),
    ("djlint", "--lint", "--quiet", "templates"),
)


def test(
    context: typer.Context,
    full: Annotated[
        bool,
        typer.Option(
            "--full",
            help="Look at each page in every language, view, theme and width; by default in a"
            " cover of their pairs. Install everything anew, too.",
        ),
    ] = False,  # noqa: PT028 - a command, not a test
) -> int:
    """Lint, type-check and test; with arguments for pytest (a path, -k …), only test."""
    environment = dict(os.environ)
    if full:
        environment["FOLKMOOT_TEST_FULL"] = "1"
    failed = [] if context.args else [" ".join(check) for check in CHECKS if not passes(check)]
    if failed:
        print(f"Failed: {'; '.join(failed)}", file=sys.stderr, flush=True)
    # A whole run waits for browsers and sockets more than it works: a file a worker, all cores,
    # the long files first (tests/conftest.py).
    how = [] if context.args else "-n auto --dist loadfile --no-loadscope-reorder".split()
    command = [sys.executable, "-m", "pytest", *how, *map(found_here, context.args)]
    status = subprocess.call(command, cwd=HOME, env=environment)
    return status or (1 if failed else 0)


def passes(check: tuple[str, ...]) -> bool:
    """Run one checker over the whole tree; it prints what it finds."""
    print(f"{' '.join(check)} …", flush=True)
    return subprocess.call([sys.executable, "-m", *check], cwd=HOME) == 0


def found_here(argument: str) -> str:
    """A path as typed, from where it was typed (pytest runs beside run.py)."""
    path, colons, name = argument.partition("::")
    if not argument.startswith("-") and Path(path).exists():
        return f"{Path(path).absolute()}{colons}{name}"
    return argument
