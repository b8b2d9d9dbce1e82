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


def hand_over(package: str, module: str, arguments: list[str]) -> int:
    """Run a module of a package in a process of its own; Misuse where there is none such."""
    known = runnable(package)
    if module not in known:
        raise Misuse(f"there is no {module} in {package}/: choose one of {', '.join(known)}")
    return subprocess.call([sys.executable, "-m", f"{package}.{module}", *arguments], cwd=HOME)


def bench(
    context: typer.Context,
    subject: Annotated[str, typer.Argument(help="pages, live, ballots or tally.")],
) -> int:
    """Measure this machine; other arguments (--json …) go to the benchmark."""
    return hand_over("benchmarks", subject, context.args)
