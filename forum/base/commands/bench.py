"""`run.py bench`: hands over to benchmarks/, one module a subject."""

import subprocess
import sys
from typing import Annotated

import typer

from forum.base.commands.common import HOME, Misuse

PASS_ON = {"allow_extra_args": True, "ignore_unknown_options": True}


def runnable(package: str) -> list[str]:
    """What can be run: the modules of a package that have a main."""
    files = (HOME / package).glob("*.py")
    return sorted(path.stem for path in files if "__main__" in path.read_text())


def bench(
    context: typer.Context,
    subject: Annotated[str, typer.Argument(help="pages, live, ballots or tally.")],
) -> int:
    """Measure this machine; other arguments (--json …) go to the benchmark."""
    if subject not in runnable("benchmarks"):
        known = ", ".join(runnable("benchmarks"))
        raise Misuse(f"there is no benchmark {subject}: choose one of {known}")
    command = [sys.executable, "-m", f"benchmarks.{subject}", *context.args]
    return subprocess.call(command, cwd=HOME)
