"""The committee that ran the finished consultation: two terms, and who sits in them."""

from datetime import timedelta

from demo.world import World
from forum.base.i18n import local_now
from forum.stations import service as stations
from forum.stations.models import Office

FIRST = {
    "fenglaoshi": Office.CHAIR,
    "zhengang": Office.VICE_CHAIR,
    "shu": Office.SECRETARY,
    "wuguofu": Office.MEMBER,
    "guoa": Office.MEMBER,
}
SECOND = {
    "zhengang": Office.CHAIR,
    "fenglaoshi": Office.VICE_CHAIR,
    "shu": Office.SECRETARY,
    "hanmei": Office.MEMBER,
    "noor": Office.MEMBER,
    "emma": Office.MEMBER,
    "wuguofu": Office.MEMBER,
}


def seat(world: World) -> None:
    """The first term, then the second, in which somebody leaves before its end."""
    here, admin = world.stations["committee"], world["admin"]
    with world.at(world.ago(99, 9)) as tx:
        begun = local_now().date() - timedelta(days=3 * 365)
        term = stations.begin_term(tx, admin, here, 1, begun, None)
        for login, office in FIRST.items():
            stations.name(tx, admin, here, term, login, office)
    with world.at(world.ago(90, 9)) as tx:
        today = local_now().date()
        until = today + timedelta(days=3 * 365)
        term = stations.begin_term(tx, admin, here, 2, today, until)
        seats = {
            login: stations.name(tx, admin, here, term, login, office)
            for login, office in SECOND.items()
        }
    with world.at(world.ago(20, 9)) as tx:
        stations.release(tx, admin, here, seats["wuguofu"], local_now().date())
