"""The room's routes, and where a desk's verbs lead back to."""

from forum.base.web import Routes

routes = Routes("sessions.arrivals.routes")


def desk_page(meeting: int, venue: int) -> str:
    """The desk of a venue."""
    return f"/meetings/{meeting}/desk/{venue}"
