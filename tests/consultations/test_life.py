"""The life of a consultation: what its reader sees of it, on a line and in its table."""

from datetime import UTC, datetime, timedelta

import minuting
from cast import Cast
from conftest import Client

from forum.base.registry import Step
from forum.consultations import pictures
from forum.consultations.pictures import Line

START = datetime(2026, 3, 5, 11, tzinfo=UTC)


def test_what_was_held_and_decided_stands_on_the_line(cast: Cast, client: Client) -> None:
    here = f"/consultations/{cast.consultation}"
    assert "picture-timeline" not in client(None).get(here).text  # nothing has happened yet
    sat = minuting.approved(cast)
    for page in (client(None).get(here).text, client(None).get(f"/chain/poll/{sat.poll}").text):
        assert "picture-timeline" in page
        for kind, title, url in (
            ("Meeting", "Second session on the lift", f"/meetings/{sat.meeting}"),
            ("Vote", "Take offer B?", f"/polls/{sat.poll}"),
            ("Decision", "Block 7 gets a lift", f"/decisions/{sat.decision}"),
        ):
            assert f'<th scope="row">{kind}</th><td><a href="{url}">{title}</a>' in page, kind
        assert '<th scope="row">Stage</th><td>Deliberating</td>' in page


def test_what_is_not_over_is_hatched() -> None:
    day = timedelta(days=1)
    lines = (
        Line("meeting", "Session", "/meetings/1", "", START, START + day / 12),
        Line("task", "Order <it>", "/tasks/1", "Open", START + day, START + 40 * day),
    )
    drawn = pictures.drawn(lines, "Asia/Shanghai", START + 20 * day, "en")
    assert "hatch-warn" in drawn.svg
    assert "hatch-info" not in drawn.svg
    assert "Order &lt;it&gt;" in drawn.svg
    assert "Order &lt;it&gt;</a> (Open)" in drawn.rows[1][1]
    over = pictures.drawn(lines, "Asia/Shanghai", START + 41 * day, "en")
    assert "hatch-warn" not in over.svg


def test_steps_without_one_consultation_have_no_line(cast: Cast) -> None:
    step = Step("task:1", "task", "Order it", "/tasks/1")
    assert pictures.of_steps(None, None, [step]) is None  # type: ignore[arg-type]
