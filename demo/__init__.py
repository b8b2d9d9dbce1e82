"""The demo's content: a neighbourhood that argues about lifts. Written for this project."""

from demo import (
    aftermath,
    boxes,
    committee,
    duty,
    finished,
    garden,
    house,
    papers,
    past,
    post,
    reception,
    running,
    upcoming,
    village,
    watch,
    workshop,
    world,
)


def load() -> None:
    """Fill an empty database with three months of a neighbourhood's life."""
    here = world.settle()
    committee.seat(here)
    house.furnish(here)
    past.tell(here)
    done = finished.tell(here)
    decisions = aftermath.decide(here, done)
    aftermath.publish(here, done, decisions)
    aftermath.follow(here, decisions)
    place, items = running.begin(here)
    running.argue(here, items, first_day=17, days=15)
    house.listen(here, place, items)
    house.let_in(here)
    garden.plant(here)
    papers.attach(here, items)
    hidden = watch.before(here, place, items)
    upcoming.convene(here, place, items)
    post.deliver(here, 3)
    house.read_up(here)
    upcoming.poll(here, items)
    upcoming.entrance(here, items)
    watch.today(here, items, hidden)
    upcoming.upkeep(here, items)
    boxes.bench(here, items)
    duty.tell(here)
    reception.hold(here)
    workshop.facilitate(here)
    village.decide(here)
    house.add_a_rule(here)
    papers.pack(here)
    post.deliver(here, 1, 0)
