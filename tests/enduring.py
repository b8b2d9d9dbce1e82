"""The life of votes, for the tests that look at every page: a draft, a late one, a tie, a round."""

from datetime import timedelta

from cast import Cast
from delegating import elsewhere
from moving import Pages
from optioning import OPTIONS
from polling import close, make, vote

from forum.base import clock, db
from voting.polls import service


def enduring(cast: Cast) -> Pages:
    """One is being prepared, one has more time; one tie is to be broken, one stays one."""
    cast = elsewhere(cast)
    ends = clock.now() + timedelta(days=3)
    draft = make(cast, opened=False, method="irv", options=OPTIONS, secrecy="secret")
    mended = make(cast, opened=False, closes_at=ends, explanation="Glass.")
    graded = make(cast, method="majority_judgment", options=OPTIONS, closes_at=ends)
    even, stays = (make(cast, method="plurality", options=OPTIONS) for _n in range(2))
    vote(cast.bob, graded, "o1:3,o2:1")
    for poll in (even, stays):
        vote(cast.bob, poll, "o1")
        vote(cast.dana, poll, "o2")
        close(cast, poll)
    with db.transaction() as tx:
        service.change(tx, cast.alice, mended, service.Draft("The steel lift?", "Steel."))
        later = ends + timedelta(days=1)
        service.extend(tx, cast.alice, graded, later, "The offers came late.")
        service.remind(tx, cast.alice, graded)
        service.publish(tx, cast.alice, stays, undecided=True)
        service.draw_lot(tx, cast.alice, even, "3 5")
        again = service.again(tx, cast.alice, stays)
    lift = f"/items/{cast.item}/polls/new"
    led = [f"/polls/{poll}" for poll in (draft, mended, graded, even, again)]
    return {
        "alice": [
            *led,
            f"/polls/{draft}/edit",
            f"/polls/{graded}/missing",
            f"{lift}?profile=square_root",
        ],
        "bob": [f"/polls/{graded}", f"/polls/{stays}"],
        "shu": [f"/polls/{even}"],
    }
