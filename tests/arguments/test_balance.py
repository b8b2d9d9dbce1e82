"""The balance of stances on an item: the item's own arguments, those that are seen."""

from cast import Cast
from conftest import Client

from forum.arguments import pictures, service
from forum.arguments.models import Stance
from forum.base.db import reading, transaction


def test_the_balance_counts_the_arguments_on_the_item(cast: Cast, client: Client) -> None:
    here = f"/items/{cast.item}"
    assert "picture-stack" not in client(None).get(here).text
    with transaction() as tx:
        said = [
            service.post(tx, cast.bob, cast.item, body=f"Reason {n}", stance=stance)
            for n, stance in enumerate((Stance.PRO, Stance.PRO, Stance.CON, Stance.QUESTION))
        ]
        service.post(tx, cast.rong, cast.item, body="No.", stance=Stance.CON, parent=said[0])
        shouted = service.post(tx, cast.hui, cast.item, body="Fools!", stance=Stance.CON)
        service.hide(tx, cast.alice, shouted, "Shouting")
    with reading() as db:
        drawn = pictures.balance(db, cast.item, 5)
    assert drawn is not None
    assert list(drawn.rows) == [("Arguments", "2", "1", "0", "1")]
    assert "<desc>For 2; Against 1; Neutral 0; Question 1</desc>" in drawn.svg
    page = client("bob").get(here).text
    assert "picture-stack" in page
    assert "Arguments by stance, without answers" in page
