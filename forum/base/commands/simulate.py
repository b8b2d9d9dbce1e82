"""`run.py simulate`: hands over to simulations/, one module an occasion."""

import subprocess
import sys
from typing import Annotated

import typer

from forum.base.commands.bench import runnable
from forum.base.commands.common import HOME, Misuse


def simulate(
    context: typer.Context,
    occasion: Annotated[str, typer.Argument(help="meeting.")] = "meeting",
) -> int:
    """Play an occasion against a real server; other arguments (--people …) go to the simulation."""
    if occasion not in runnable("simulations"):
        known = ", ".join(runnable("simulations"))
        raise Misuse(f"there is no simulation {occasion}: choose one of {known}")
    command = [sys.executable, "-m", f"simulations.{occasion}", *context.args]
    return subprocess.call(command, cwd=HOME)
