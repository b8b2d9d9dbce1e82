"""Names, passwords and who may give what: the pure rules."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from forum.members import devices, rules
from forum.members.models import PLATFORM, Role
from forum.members.paging import page

PLACE = "station:1"
MOMENT = datetime(2026, 3, 5, 19, tzinfo=UTC)


def test_login_names_of_any_script_fit() -> None:
    assert rules.login_fits(rules.folded(" Anna.Lee "))
    assert rules.login_fits("王小明")
    assert not rules.login_fits("ab")
    assert not rules.login_fits("with blank")
    assert not rules.login_fits("-dash")


@given(st.text(max_size=60))
def test_folding_is_idempotent(text: str) -> None:
    assert rules.folded(rules.folded(text)) == rules.folded(text)


@given(st.text(max_size=60))
def test_a_shown_name_has_no_controls(name: str) -> None:
    shown = rules.shown(name)
    assert shown == shown.strip()
    assert "\u202e" not in shown
    assert "\n" not in shown
    assert rules.shown(shown) == shown


def test_the_login_name_is_no_password() -> None:
    assert rules.password_fits("eight or more", "anna")
    assert not rules.password_fits("short", "anna")
    assert not rules.password_fits("Annabella", "annabella")


def test_a_grant_holds_up_to_its_end() -> None:
    hour = timedelta(hours=1)
    assert rules.is_now(MOMENT, None, MOMENT)
    assert rules.is_now(MOMENT, MOMENT + hour, MOMENT)
    assert not rules.is_now(MOMENT, MOMENT + hour, MOMENT + hour)
    assert not rules.is_now(MOMENT + hour, None, MOMENT)


@given(st.sets(st.sampled_from(Role)), st.sampled_from(Role), st.sampled_from([PLACE, PLATFORM]))
def test_nobody_gives_more_than_they_have(held: set[Role], role: Role, place: str) -> None:
    if rules.may_grant(held, role, place):
        leads = {Role.ADMINISTRATOR, Role.MODERATOR, Role.OPERATOR} & held
        assert leads
        if Role.ADMINISTRATOR not in held:
            assert place != PLATFORM
            assert role in {Role.RESIDENT, Role.SECRETARY, Role.OPERATOR}


def test_operators_take_in_residents_only() -> None:
    assert rules.may_grant({Role.OPERATOR}, Role.RESIDENT, PLACE)
    assert not rules.may_grant({Role.OPERATOR}, Role.OPERATOR, PLACE)


@given(st.sets(st.sampled_from(Role)))
def test_no_account_becomes_a_residents_by_its_login_name(held: set[Role]) -> None:
    assert rules.may_name(held, Role.RESIDENT, "station:1") == rules.administers(held)
    invites = rules.may_grant(held, Role.RESIDENT, "consultation:1")
    assert rules.may_name(held, Role.RESIDENT, "consultation:1") == invites


def test_moderators_do_not_silence_each_other() -> None:
    assert rules.may_restrict_whom({Role.MODERATOR}, {Role.RESIDENT})
    assert not rules.may_restrict_whom({Role.MODERATOR}, {Role.MODERATOR})
    assert rules.may_restrict_whom({Role.ADMINISTRATOR}, {Role.MODERATOR})


def test_a_device_is_named_coarsely() -> None:
    firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
    phone = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537 Chrome/120 MicroMessenger/8.0"
    assert devices.label(firefox) == "Firefox, Linux"
    assert devices.label(phone) == "WeChat, Android"
    assert devices.label("") == "?"


def test_pages_know_their_neighbours() -> None:
    first = page("/people", number=1, total=120, size=50, q="li wei")
    assert first.previous is None
    assert first.next == "/people?q=li+wei&page=2"
    assert page("/people", number=3, total=120, size=50).next is None
    assert page("/people", number=1, total=0, size=50).pages == 1
