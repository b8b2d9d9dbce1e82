"""`python -m demo.pictures`: the pictures of docs/pictures, taken anew from the demo, in Chromium.

Loads the demo into a folder of its own, lets its meeting begin, serves it on a free port and looks
at it as the people of the demo. Needs the packages of requirements-dev.lock and a Chromium.
"""

import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image

from benchmarks.common import free_port
from benchmarks.weight import chromium
from forum.base import auth, db, i18n, log, registry
from forum.base.auth import Actor
from forum.base.commands import demo
from forum.base.commands.common import HOME, use
from forum.base.db import Db
from forum.members import queries as members
from forum.members import service as accounts
from sessions.floor import service as floor
from sessions.meetings import service as meetings
from sessions.meetings.models import VenueKind
from sessions.meetings.rules import Act

PICTURES = HOME / "docs" / "pictures"
MOST = 150_000  # bytes a picture
PHONE, DESK, TALL, WALL = (390, 844), (1280, 860), (1280, 1240), (1280, 720)


class Shot(NamedTuple):
    """One picture: who looks at which page, how."""

    name: str
    login: str | None
    path: str
    window: tuple[int, int] = DESK
    lang: str = "zh_Hans_CN"
    mode: str = "standard"
    theme: str = "light"
    at: str = ""  # what is brought to the top of the window


class Scene(NamedTuple):
    """Where things are in the demo."""

    meeting: int
    hall: int
    item: int
    poll: int
    minutes: int
    station: int
    planned: int
    gathering: int


def _one(tx: Db, query: str) -> int:
    return int(tx.connection().exec_driver_sql(query).scalar_one())


def _many(tx: Db, query: str) -> list[Any]:
    return [tuple(row) for row in tx.connection().exec_driver_sql(query)]


def actor(tx: Db, login: str) -> Actor:
    """Somebody of the demo."""
    return members.actor_of(tx, _one(tx, f"select id from member where login = '{login}'"))  # noqa: S608


def begin(tx: Db) -> Scene:
    """Let the convened meeting begin: people come, one speaks, others wait."""
    chair, clerk = actor(tx, "liqin"), actor(tx, "clerk")
    meeting = _one(tx, "select id from meeting where state = 'convened'")
    halls = dict(_many(tx, f"select kind, id from meeting_venue where meeting_id = {meeting}"))  # noqa: S608
    listed = f"select member_id from meeting_roll where meeting_id = {meeting} and entitled"  # noqa: S608
    roll = [member for (member,) in _many(tx, listed)]
    come = {
        VenueKind.MAIN: roll[:9],
        VenueKind.SUB: roll[9:14],
        VenueKind.ONLINE: roll[14:22],
    }
    for kind, people in come.items():
        meetings.check_in(tx, clerk, meeting, halls[kind.value], people)
    meetings.step(tx, chair, meeting, Act.START)
    first = f"select item_id from meeting_item where meeting_id = {meeting} order by position"  # noqa: S608
    meetings.open_item(tx, chair, meeting, _one(tx, f"{first} limit 1"))
    waiting = [come[VenueKind.MAIN][2], come[VenueKind.SUB][1], come[VenueKind.ONLINE][3], roll[5]]
    speeches = [floor.request(tx, clerk, meeting, member=person) for person in waiting]
    floor.recognise(tx, chair, speeches[0])
    busiest = "select item_id from argument group by item_id order by count(*) desc limit 1"
    return Scene(
        meeting,
        halls[VenueKind.MAIN.value],
        _one(tx, busiest),
        _one(tx, "select id from poll where method = 'consent' limit 1"),
        _one(tx, "select id from minutes limit 1"),
        _one(tx, "select min(station_id) from station_slip_batch"),
        _one(tx, "select substr(place, 6) from stored_file where media_type = 'image/png' limit 1"),
        _one(tx, "select min(consultation_id) from consultation_category"),
    )


def shots(scene: Scene) -> list[Shot]:
    """What is shown, for the README and the guides."""
    meeting, item = f"/meetings/{scene.meeting}", f"/items/{scene.item}"
    return [
        Shot("home", "wangxl", "/", PHONE),
        Shot("elder", "wangxl", "/", PHONE, mode="elder"),
        Shot("item", "wangxl", item, TALL, at="#arguments"),
        Shot("thread", "sunjie", f"{item}?tab=thread", PHONE, lang="en", at="#arguments"),
        Shot("poll", "zhoujl", f"/polls/{scene.poll}", TALL, lang="en"),
        Shot("meeting", "sunjie", meeting, PHONE, theme="dark"),
        Shot("console", "liqin", f"{meeting}/console", TALL),
        Shot("screen", None, f"{meeting}/screen", WALL),
        Shot("desk", "clerk", f"{meeting}/desk/{scene.hall}", lang="en"),
        Shot("minutes", None, f"/minutes/{scene.minutes}"),
        Shot("tracker", None, "/tasks", lang="en"),
        Shot("duties", "rong", "/", lang="en", theme="dark"),
        Shot("queue", "liqin", "/moderation/queue", lang="en"),
        Shot("slips", "clerk", f"/stations/{scene.station}/slips", PHONE),
        Shot("letters", "sunjie", "/settings/letters", PHONE, lang="en"),
        Shot("plan", "emma", f"/items/{scene.planned}", PHONE, lang="en", at="#files"),
        Shot("invited", "liqin", f"/consultations/{scene.gathering}/invitations", PHONE),
    ]


def packed(png: bytes) -> bytes:
    """The picture with as few colours as it takes to be small."""
    with Image.open(BytesIO(png)) as opened:
        drawn = opened.convert("RGB")
    for colours in (256, 128, 64, 32):
        out = BytesIO()
        drawn.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if out.tell() <= MOST:
            break
    return out.getvalue()


def take(browser: Any, address: str, shot: Shot) -> bytes:
    """Open the page as that person sees it, and look."""
    width, height = shot.window
    scale = 2 if shot.window == PHONE else 1
    context = browser.new_context(
        viewport={"width": width, "height": height}, device_scale_factor=scale
    )
    cookies = {"lang": shot.lang, "mode": shot.mode, "theme": shot.theme}
    if shot.login:
        with db.transaction() as tx:
            person = actor(tx, shot.login)
            accounts.prefer(tx, person, lang=shot.lang, mode=shot.mode, theme=shot.theme)
            cookies[auth.COOKIE] = auth.sign_in(tx, person.id, label="pictures")
    context.add_cookies([{"name": n, "value": v, "url": address} for n, v in cookies.items()])
    page = context.new_page()
    page.goto(address + shot.path, wait_until="networkidle")
    if shot.at:
        page.evaluate("(at) => document.querySelector(at).scrollIntoView()", shot.at)
    png: bytes = page.screenshot()
    context.close()
    return png


def serve(data: Path) -> tuple[subprocess.Popen[bytes], str]:
    """The demo on a free port, once it answers."""
    port = str(free_port())
    command = [sys.executable, "run.py", "demo", "--port", port, "--data", str(data)]
    server = subprocess.Popen(
        command, cwd=HOME, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    while server.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=5).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return server, address
    raise RuntimeError("the demo did not start")


def main(wanted: list[str]) -> None:
    """Take all pictures, or those that are named."""
    log.quiet = True
    with tempfile.TemporaryDirectory(prefix="folkmoot-pictures-") as name:
        data = Path(name) / "data"
        registry.load()
        demo.load(data)
        use(data)
        with i18n.using("zh_Hans_CN"), db.transaction() as tx:
            scene = begin(tx)
        server, address = serve(data)
        try:
            with chromium() as browser:
                if browser is None:
                    sys.exit("Chromium or Playwright is missing here.")
                for shot in shots(scene):
                    if not wanted or shot.name in wanted:
                        found = packed(take(browser, address, shot))
                        (PICTURES / f"{shot.name}.png").write_bytes(found)
                        print(f"{shot.name}.png  {len(found) / 1000:.0f} kB")
        finally:
            server.terminate()
            server.wait()
            db.close()


if __name__ == "__main__":
    main(sys.argv[1:])
