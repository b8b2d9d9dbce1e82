"""`run.py bench`: hands over to benchmarks/, one module a subject."""

import subprocess
import sys
from typing import Annotated

import typer

from forum.base.commands.common import HOME, Misuse

PASS_ON = {"allow_extra_args": True, "ignore_unknown_options": True}


def subjects() -> list[str]:
    """What can be measured: the modules of benchmarks/ that have a main."""
    files = (HOME / "benchmarks").glob("*.py")
    return sorted(path.stem for path in files if "__main__" in path.read_text())


def bench(
    context: typer.Context,
    subject: Annotated[str, typer.Argument(help="pages, live, ballots or tally.")],
) -> int:
    """Measure this machine; other arguments (--json …) go to the benchmark."""
    if subject not in subjects():
        raise Misuse(f"there is no benchmark {subject}: choose one of {', '.join(subjects())}")
    command = [sys.executable, "-m", f"benchmarks.{subject}", *context.args]
    return subprocess.call(command, cwd=HOME)
