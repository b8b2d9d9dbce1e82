"""The demo's content: a neighbourhood that argues about lifts. Written for this project."""

from demo import aftermath, committee, finished, running, upcoming, world


def load() -> None:
    """Fill an empty database with three months of a neighbourhood's life."""
    here = world.settle()
    committee.seat(here)
    done = finished.tell(here)
    decisions = aftermath.decide(here, done)
    aftermath.publish(here, done, decisions)
    aftermath.follow(here, decisions)
    place, items = running.begin(here)
    running.argue(here, items, first_day=17, days=15)
    upcoming.poll(here, items)
    upcoming.convene(here, place, items)
