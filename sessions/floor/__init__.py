"""The floor of a meeting: who speaks, who speaks next and why, for how long, points of order."""
