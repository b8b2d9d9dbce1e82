"""The demo's content: a neighbourhood that argues about lifts. Written for this project."""

from demo import running, world


def load() -> None:
    """Fill an empty database with three months of a neighbourhood's life."""
    here = world.settle()
    place, items = running.begin(here)
    running.argue(here, items, first_day=17, days=15)
