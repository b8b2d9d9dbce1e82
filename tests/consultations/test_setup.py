"""Setting a consultation up from a pattern: five steps, each kept."""

import pytest
from cast import Cast
from conftest import Client

from forum.agenda import queries as agenda
from forum.base import clock, i18n
from forum.base.db import Db, reading, transaction
from forum.base.errors import Forbidden, Invalid, NotFound
from forum.base.events import Audience, history
from forum.base.refs import ref
from forum.consultations import pages, patterns, queries, rules, service, setups
from forum.consultations.models import Stage
from forum.consultations.patterns import Template
from forum.members import queries as members
from forum.members import service as accounts
from forum.members.models import Role

ALL = patterns.built_in()
WORDS = {
    "title": "Benches in the yard",
    "summary": "Where do we sit?",
    "purpose": "To **sit**.",
    "visibility": "public",
    "eligibility": "open",
}


@pytest.mark.parametrize("template", ALL, ids=lambda each: each.key)
@pytest.mark.parametrize("lang", list(i18n.LANGUAGES))
def test_every_pattern_keeps_the_contract(
    data: object, cast: Cast, template: Template, lang: str
) -> None:
    """It can be set up as it stands: whole words in every language, stages in order, an agenda."""
    assert Stage.CLOSED not in template.days
    assert all(days > 0 for days in template.days.values())
    assert 1 <= len(template.agenda) <= 12
    assert Role.MODERATOR not in template.roles
    with i18n.using(lang), transaction() as tx:
        said = [template.name, template.about, template.title, template.summary, template.purpose]
        said += [text for point in template.agenda for text in point[:2] if text]
        if lang != "en":
            assert not [text for text in said if i18n._(text) == text]
        assert len(i18n._(template.title)) <= 120
        assert len(i18n._(template.summary)) <= 300
        setup = service.begin_setup(tx, cast.alice, template.key, cast.station)
        service.answer(tx, cast.alice, setup, {"title": "Ours"})
        made = service.finish_setup(tx, cast.alice, setup)
        access = queries.access(tx, cast.alice, made)
        assert access.moderates
        assert access.consultation.stage is template.first
        planned = pages.plan(tx, made)
        moments = [when for stage in rules.STAGES if (when := planned.get(stage))]
        assert moments == sorted(moments)
        assert planned[Stage.CLOSED] == moments[-1]
        items = agenda.items(tx, made)
        assert [item.title for item in items] == [i18n._(p.title) for p in template.agenda]
        assert [item.minutes for item in items] == [p.minutes for p in template.agenda]


def begun(client: Client, cast: Cast, key: str = "community") -> str:
    """The address of something that alice sets up."""
    form = {"template": key, "station": cast.station}
    sent = client("alice").post("/consultations/setup", data=form)
    return str(sent.headers["location"].rpartition("/")[0])


def test_step_by_step_and_back_again(client: Client, cast: Cast) -> None:
    alice, base = client("alice"), begun(client, cast)
    assert alice.post(f"{base}/words", data=WORDS).headers["location"] == f"{base}/dates"
    planned = alice.get(f"{base}/dates.json").json()["planned"]
    assert list(planned) == ["deliberating", "deciding", "publishing", "following", "closed"]
    planned["closed"] = ""
    assert alice.post(f"{base}/dates", data=planned).headers["location"] == f"{base}/people"
    found = alice.get(f"{base}/people?q=clerk").text
    assert "The clerk" in found
    assert "Charlie" not in alice.get(f"{base}/people?q=harlie").text
    assert "Charlie" in alice.get(f"{base}/people?q=charlie").text
    asked = {"member": cast.people["clerk"], "role": "secretary"}
    alice.post(f"{base}/people", data=asked)
    assert "Benches in the yard" in alice.get(f"{base}/words").text
    assert "The clerk" in alice.get(f"{base}/ready").text
    assert "Benches in the yard" in alice.get("/consultations/setup").text
    done = alice.post(f"{base}/ready")
    made = int(done.headers["location"].rpartition("/")[2])
    with reading() as db:
        place = ref("consultation", made)
        assert [p.name for p in members.holders(db, Role.SECRETARY, [place])] == ["The clerk"]
        assert pages.plan(db, made).get(Stage.CLOSED) is None
        assert len(agenda.items(db, made)) == 3
        kinds = [e.kind for e in history(db, place, audience=Audience.MODERATOR)]
    assert "consultations:template:used" in kinds
    assert alice.get(f"{base}/words").status_code == 404


def test_wrong_answers_stay_on_their_step(client: Client, cast: Cast) -> None:
    alice, base = client("alice"), begun(client, cast)
    refused = alice.post(f"{base}/words", data=WORDS | {"title": ""})
    assert refused.status_code == 422
    assert "Where do we sit?" in refused.text
    dates = {"deliberating": "2030-03-01T09:00", "deciding": "2030-02-01T09:00"}
    refused = alice.post(f"{base}/dates", data=dates)
    assert refused.status_code == 422
    assert "before the one ahead of it" in refused.text
    assert alice.post(f"{base}/ready").status_code == 409
    assert (
        alice.post(f"{base}/people", data={"member": 999, "role": "secretary"}).status_code == 404
    )


def test_it_is_nobody_elses(client: Client, cast: Cast) -> None:
    base = begun(client, cast)
    for step in ("words", "dates", "people", "ready"):
        assert client("admin").get(f"{base}/{step}").status_code == 404
        assert client("admin").post(f"{base}/{step}", data=WORDS).status_code in (404, 422)
        assert client(None).post(f"{base}/{step}", data=WORDS).status_code == 401
    assert client("bob").get(f"/consultations/setup?station={cast.station}").status_code == 403
    form = {"template": "community", "station": cast.station}
    assert client("bob").post("/consultations/setup", data=form).status_code == 403
    assert client("alice").post(f"{base}/drop").status_code == 303
    assert client("alice").get(base).status_code == 404


def test_offices_are_not_made_up(tx: Db, cast: Cast) -> None:
    setup = service.begin_setup(tx, cast.alice, "session", cast.station)
    with pytest.raises(Forbidden):
        service.name_person(tx, cast.alice, setup, cast.bob.id, Role.REPRESENTATIVE)
    accounts.grant(tx, None, cast.bob.id, Role.REPRESENTATIVE, f"station:{cast.station}")
    service.name_person(tx, cast.alice, setup, cast.bob.id, Role.REPRESENTATIVE)
    service.name_person(tx, cast.alice, setup, cast.bob.id, Role.REPRESENTATIVE)
    assert len(setups.plan(tx, cast.alice, setup).people) == 1
    service.unname_person(tx, cast.alice, setup, cast.bob.id, Role.REPRESENTATIVE)
    assert setups.plan(tx, cast.alice, setup).people == []


def test_a_consultation_becomes_a_pattern_of_its_station(tx: Db, cast: Cast) -> None:
    kept = service.save_template(tx, cast.alice, cast.consultation, "As with block 7")
    with pytest.raises(Forbidden):
        service.save_template(tx, cast.bob, cast.consultation, "Mine")
    places = (f"station:{cast.station}",)
    key = f"saved-{kept}"
    pattern = patterns.find(tx, key, places)
    assert pattern.first is Stage.DELIBERATING
    assert [point.title for point in pattern.agenda] == ["Which kind of lift?"]
    with pytest.raises(NotFound):
        patterns.find(tx, key, ("station:999",))
    setup = service.begin_setup(tx, cast.alice, key, cast.station)
    service.answer(tx, cast.alice, setup, {"title": "A lift for block 8"})
    made = service.finish_setup(tx, cast.alice, setup)
    assert [item.title for item in agenda.items(tx, made)] == ["Which kind of lift?"]
    again, dropped = (service.begin_setup(tx, cast.alice, key, cast.station) for _ in "ab")
    service.remove_template(tx, cast.alice, kept)
    assert patterns.saved(tx, places) == []
    with pytest.raises(NotFound):
        service.begin_setup(tx, cast.alice, key, cast.station)
    # What was begun with it goes on, or is dropped.
    service.drop_setup(tx, cast.alice, dropped)
    service.answer(tx, cast.alice, again, {"title": "A lift for block 9"})
    made = service.finish_setup(tx, cast.alice, again)
    assert [item.title for item in agenda.items(tx, made)] == ["Which kind of lift?"]


def test_dates_follow_from_the_lengths() -> None:
    start = clock.parse("2030-03-01T12:34:00Z")
    planned = patterns.dates({Stage.DELIBERATING: 2, Stage.FOLLOWING: 30}, start, "Asia/Shanghai")
    assert {stage.value: clock.iso(at)[:16] for stage, at in planned.items()} == {
        "following": "2030-03-03T01:00",
        "closed": "2030-04-02T01:00",
    }


def test_faulty_dates_are_refused(tx: Db, cast: Cast) -> None:
    setup = service.begin_setup(tx, cast.alice, "comment", cast.station)
    first, later = clock.parse("2030-03-01T00:00Z"), clock.parse("2030-02-01T00:00Z")
    with pytest.raises(Invalid):
        wrong = {Stage.PUBLISHING: first, Stage.FOLLOWING: later}
        service.answer_dates(tx, cast.alice, setup, wrong)
