"""What roles may do is said in words, and the words are those of the rules."""

import pytest
from cast import Cast
from conftest import Client

from forum.base import i18n, registry
from forum.base.db import Db
from forum.base.errors import Forbidden
from forum.consultations import queries as consultations
from forum.members import rights, rules, service
from forum.members.models import PLATFORM, Role
from forum.members.rights import EVERYWHERE
from forum.stations import rules as stations

registry.load()
SOME = "station:0"
SAID = {
    "give and take every role here": lambda r: all(rules.may_grant({r}, x, SOME) for x in Role),
    "name secretaries and station operators": lambda r: rules.may_grant({r}, Role.OPERATOR, SOME),
    "take people in as residents": lambda r: rules.may_grant({r}, Role.RESIDENT, SOME),
    "keep the counter: slips, cards, residents' accounts": lambda r: rules.keeps_counter({r}),
    "mute somebody, or keep them out, with a reason": lambda r: rules.may_restrict({r}),
    "add places below this one and change them": lambda r: stations.may_build({r}),
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("words", SAID)
def test_the_words_are_those_of_the_rules(role: Role, words: str) -> None:
    with i18n.using("en"):
        assert (words in rights.of(role, PLATFORM)) == bool(SAID[words](role))


@pytest.mark.parametrize("role", Role)
def test_what_is_said_is_done(tx: Db, cast: Cast, role: Role) -> None:
    """A role given at the station opens what the page says that it opens there."""
    place = f"station:{cast.station}"
    service.grant(tx, None, cast.charlie.id, role, place)
    said = rights.of(role, "station")
    begins = any(words.startswith("begin consultations") for words in said)
    assert consultations.may_create(tx, cast.charlie, cast.station) == begins
    access = consultations.access(tx, cast.charlie, cast.consultation)
    assert access.moderates == any(words.startswith("lead the process") for words in said)
    serves = any(words.startswith("read what is not public") for words in said)
    assert access.eligible == serves
    if "take people in as residents" in said:
        service.grant(tx, cast.charlie, cast.bob.id, Role.RESIDENT, place, newcomer=True)
    else:
        with pytest.raises(Forbidden):
            service.grant(tx, cast.charlie, cast.bob.id, Role.RESIDENT, place, newcomer=True)


def test_every_right_is_somebodys_and_smaller_places_have_fewer() -> None:
    for each in rights.rights:
        assert any(each.holds((role,)) for role in Role)
        assert set(each.kinds) <= set(EVERYWHERE)
    for role in Role:
        assert set(rights.of(role, "meeting")) <= set(rights.of(role, PLATFORM))


def test_the_page_says_them(client: Client, cast: Cast) -> None:
    page = client("alice").get(f"/people?place=station:{cast.station}")
    assert "name secretaries and station operators" not in page.text.partition('id="rights"')[0]
    assert "What the roles may do here" in page.text
    own = client("alice").get(f"/people/{cast.alice.id}").text
    assert "lead the process" in own
    assert "given by" not in client(None).get(f"/people/{cast.rong.id}").text
