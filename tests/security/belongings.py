"""What single people have made for themselves or for a place: for the routes that are about it."""

from attaching import picture
from cast import Cast
from conftest import Client

from forum.base.db import reading, transaction
from forum.base.news import Feed
from forum.consultations import service as consultations
from forum.hooks import service as hooks


def belongings(client: Client, cast: Cast) -> dict[str, str]:
    """Alice's picture, an upload and a new consultation of hers, a receiver of the place.

    Returns the numbers of these things by their names in paths.
    """
    alice = client("alice")
    spot = f"/attach/item:{cast.item}"
    whole = {"file": ("hall.jpg", picture())}
    shown = alice.post(spot, data={"alt": "The hall"}, files=whole, follow_redirects=False)
    assert shown.status_code == 303, shown.text
    begun = alice.post(
        f"{spot}/uploads",
        data={"name": "plan.pdf", "size": "20", "mark": "a"},
        headers={"accept": "application/json"},
    ).json()
    with transaction() as tx:
        setup = consultations.begin_setup(tx, cast.alice, "session", cast.station)
        draft = hooks.Draft("webhook", "Our chat", "https://chat.example.org/x", "", list(Feed))
        hooks.make(tx, cast.admin, cast.place, draft)
    with reading() as db:
        asked = "SELECT (SELECT max(id) FROM stored_file), (SELECT max(id) FROM hook)"
        file, hook = db.connection().exec_driver_sql(asked).one()
    return {"file": str(file), "upload": str(begun["id"]), "setup": str(setup), "hook": str(hook)}
