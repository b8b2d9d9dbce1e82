"""Files with an outcome: attached by who writes it, seen by who sees it."""

import minuting
from attaching import PDF, attach
from cast import Cast
from conftest import Client

from forum.base.db import transaction
from sessions.minutes import service
from sessions.minutes.account import Account


def test_files_lie_with_the_outcome(client: Client, cast: Cast) -> None:
    minuting.approved(cast)
    with transaction() as tx:
        account = Account("Block 7 gets a lift", "It will be built.", "Most wanted it.")
        made = service.write(tx, cast.rong, cast.consultation, account)
    page, place = f"/outcomes/{made}", f"outcome:{made}"
    rong = client("rong")
    assert f'href="/attach/{place}"' in rong.get(page).text
    assert attach(rong, place, PDF, "plan.pdf") == f"{page}#files"
    for reader in (None, "bob"):  # it is a draft yet
        assert client(reader).get("/files/1").status_code == 404
    with transaction() as tx:
        service.publish(tx, cast.rong, made)
    for reader in (None, "bob"):
        assert client(reader).get("/files/1").status_code == 200
        text = client(reader).get(page).text
        assert "plan.pdf" in text
        assert "/attach/" not in text
    answer = client("bob").post(f"/attach/{place}", files={"file": ("a.pdf", PDF)})
    assert answer.status_code == 403
