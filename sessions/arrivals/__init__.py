"""Check-in: tickets, the code on the wall, walk-ins, and desks that go on without a line."""
