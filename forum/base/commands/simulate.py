"""`run.py simulate`: hands over to simulations/, one module an occasion."""

from typing import Annotated

import typer

from forum.base.commands.bench import hand_over


def simulate(
    context: typer.Context,
    occasion: Annotated[str, typer.Argument(help="meeting or ballots.")] = "meeting",
) -> int:
    """Play an occasion against a real server; other arguments (--people …) go to the simulation."""
    return hand_over("simulations", occasion, context.args)
