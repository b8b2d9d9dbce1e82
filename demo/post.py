"""Letters of the last days, as the server would have sent them: they lie in the demo's mailbox."""

from demo.world import World
from forum.base import clock, sender
from forum.outbox import sorting


def deliver(world: World, *days: float) -> None:
    """Let the sender look around on the mornings so many days ago."""
    for day in days:
        with clock.at(min(world.ago(day, 8, 5), world.begun)):
            sorting.carry_out()
            sender.send_due()
