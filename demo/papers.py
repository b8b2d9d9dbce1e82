"""Files with the agenda: a plan that is drawn here, tables and a note; a committee's archive."""

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from demo.world import World
from forum.attachments import service as attachments
from forum.base import files, i18n
from forum.base.i18n import local_now
from forum.base.refs import ref
from forum.base.transfer import Period
from sessions.exchange import service as archives

FLOORS = ((1, "0", 0), (2, "0.3", 9_900), (3, "1.0", 33_000), (4, "1.3", 42_900))
MORE = ((5, "1.6", 52_800), (6, "1.9", 62_700))
INK, PAPER, WALL, GREEN, BLUE, RED = (
    "#26323a", "#fbfaf6", "#d9d4c7", "#5b8c5a", "#2a6f97", "#b5442e",
)  # fmt: skip
ALT = (
    "三号楼平面：A 在北侧楼梯间外，B 在南面两棵香樟之间。 "
    "Block 3: shaft A outside the north stairs, B between the two trees to the south."
)
NOTE = """看样板楼 · Visit to the model blocks

周六 14:00 桂花里 7 号楼门口集合，先看平层入户，15:00 到槐树街 3 号楼看错层入户。
请自带鞋套；轮椅和婴儿车都可以去。

Saturday, 2 pm, at the door of 7 Osmanthus Lane (step-free), then at 3 pm 3 Locust Street
(half-landing). Wheelchairs and prams welcome.
"""


def plan() -> bytes:
    """The two places for a shaft, from above."""
    picture = Image.new("RGB", (1200, 800), PAPER)
    draw = ImageDraw.Draw(picture)
    large, small = ImageFont.load_default(60), ImageFont.load_default(38)
    draw.rectangle((170, 260, 860, 540), fill=WALL, outline=INK, width=5)
    for x in (400, 630):
        draw.line((x, 260, x, 540), fill=INK, width=3)
    draw.rectangle((440, 260, 590, 370), fill=PAPER, outline=INK, width=3)
    for y in range(274, 366, 14):
        draw.line((452, y, 578, y), fill=INK, width=2)
    draw.rectangle((465, 140, 565, 260), fill="#dcebf5", outline=BLUE, width=5)
    draw.text((515, 200), "A", fill=BLUE, font=large, anchor="mm")
    draw.rectangle((465, 540, 565, 640), fill="#f6e2dc", outline=RED, width=5)
    draw.text((515, 590), "B", fill=RED, font=large, anchor="mm")
    for x in (350, 680):
        draw.ellipse((x - 60, 570, x + 60, 690), fill="#cfe3cc", outline=GREEN, width=4)
        draw.ellipse((x - 7, 623, x + 7, 637), fill=GREEN)
    draw.rectangle((930, 300, 1080, 500), outline=INK, width=3)
    for y in range(330, 500, 30):
        draw.line((945, y, 1065, y), fill=INK, width=2)
    draw.text((1005, 525), "bikes", fill=INK, font=small, anchor="mm")
    draw.text((260, 400), "BLOCK 3", fill=INK, font=small, anchor="mm")
    draw.polygon(((1110, 80), (1085, 150), (1110, 134), (1135, 150)), fill=INK)
    draw.text((1110, 60), "N", fill=INK, font=small, anchor="mm")
    draw.line((170, 740, 400, 740), fill=INK, width=5)
    for x in (170, 400):
        draw.line((x, 728, x, 752), fill=INK, width=5)
    draw.text((285, 765), "10 m", fill=INK, font=small, anchor="mm")
    out = BytesIO()
    picture.crop((130, 30, 1170, 800)).quantize(32).save(out, "PNG")
    return out.getvalue()


def shares() -> bytes:
    """What each floor pays, as a table."""
    rows = [f"{floor},{share},{yuan}" for floor, share, yuan in (*FLOORS, *MORE)]
    return "\n".join(["楼层 floor,系数 share,每户元 yuan per flat", *rows, ""]).encode()


def attach(world: World, items: dict[str, int]) -> None:
    """The plan, the table and the note, each with its item."""
    chair = world["liqin"]
    given = (
        ("shaft", "井道位置示意 plan-of-the-shaft.png", plan(), ALT),
        ("cost", "分摊试算 shares-by-floor.csv", shares(), ""),
        ("layout", "样板楼参观 visit.txt", NOTE.encode(), ""),
    )
    for key, name, data, alt in given:
        content = files.prepare(BytesIO(data), name)
        with world.at(world.ago(9, 10)) as tx:
            place = ref("item", items[key])
            begun = attachments.begin(
                tx, chair, place, name=name, size=len(data), mark="demo", alt=alt
            )
            attachments.finish(tx, chair, begun, content)


def pack(world: World) -> None:
    """The committee's minutes of its term, packed as one file for its secretary."""
    last = local_now().date()
    with i18n.using("zh_Hans_CN"), world.at(world.begun) as tx:
        period = Period(last.replace(year=last.year - 1), last)
        found = archives.ask(tx, world["shu"], world.stations["committee"], period)
    archives.write_archive(ref("archive", found))
