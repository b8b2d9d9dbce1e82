"""Working days as an operator types them for a year, and a notice that goes by them."""

from datetime import UTC, date, datetime

import preparing
import pytest
from cast import Cast
from conftest import Client

from forum.base import clock, i18n, workdays
from forum.base.db import transaction
from forum.base.errors import Conflict
from forum.base.workdays import Workdays
from forum.consultations import service as consultations
from forum.members import options
from forum.members import service as members
from sessions.convening import service

HOLIDAYS = "2027-10-01 to 2027-10-07  National Day"
WORKED = "2027年10月9日 周六补班"


def test_what_is_typed_and_what_is_wrong_with_it() -> None:
    days = Workdays(workdays.typed(HOLIDAYS), workdays.typed(f"\n{WORKED}\n"))
    week = [days.works(date(2027, 10, day)) for day in range(1, 13)]
    assert week == [False] * 7 + [True, True, False, True, True]
    assert days.years == [2027]
    assert workdays.WEEK.works(date(2027, 10, 1))
    assert workdays.fault(f"{HOLIDAYS}\n\n2027/12/31") == ""
    for wrong in ("New Year", "2027-02-30", "2027-10-07 2027-10-01", "2027-10-01 2028-10-07"):
        with i18n.using("en"):
            assert "Line 3:" in workdays.fault(f"{HOLIDAYS}\n\n{wrong}")
    assert workdays.typed("2027-13-01\n2027-10-01") == {date(2027, 10, 1)}


def test_the_operator_types_them_and_a_hearing_goes_by_them(cast: Cast, client: Client) -> None:
    admin = client("admin")
    form = {"place": "platform", "field": ["site_days_off", "site_days_on"]}
    typed = {"site_days_off": HOLIDAYS, "site_days_on": WORKED}
    refused = admin.post("/admin", data={**form, "site_days_off": "soon", "site_days_on": ""})
    assert refused.status_code == 422
    assert "Line 1:" in refused.text
    told = datetime(2027, 9, 29, 4, tzinfo=UTC)  # a Wednesday; seven weekdays on is the 8th
    with clock.at(told), transaction() as tx:
        consultations.write_briefing(tx, cast.alice, cast.consultation, "The plan", "A lift.")
        early, held = (preparing.drafted(tx, cast, kind="hearing", days=9) for _n in range(2))
        service.convene(tx, cast.alice, early)
    assert admin.post("/admin", data={**form, **typed}).status_code == 303
    with clock.at(told), transaction() as tx, pytest.raises(Conflict) as said:
        service.convene(tx, cast.alice, held)
    assert "known for: 2027" in str(said.value)
    with transaction() as tx:
        assert options.working_days(tx).works(date(2027, 10, 9))
        members.set_options(tx, cast.admin, "platform", {"site.days_off": ""})
    with transaction() as tx:
        assert options.working_days(tx).works(date(2027, 10, 1))
