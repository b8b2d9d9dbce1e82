"""The #place of a redirect, for browsers and for scripts (which cannot see it)."""

from cast import Cast
from conftest import Client


def test_a_script_learns_where_to_land(client: Client, cast: Cast) -> None:
    bob = client("bob")
    page = f"/items/{cast.item}"
    answer = bob.post(f"{page}/arguments", data={"stance": "pro", "body": "It helps my mother."})
    argument = answer.headers["location"]
    anchor = f"argument-{argument.rpartition('/')[2]}"
    assert bob.get(argument).headers["location"] == f"{page}?tab=sides#{anchor}"
    scripted = bob.get(argument, headers={"HX-Request": "true"})
    assert scripted.headers["location"] == f"{page}?tab=sides&at={anchor}"
