"""Records of meetings elsewhere, written for tests: an IRC log and a council's minutes."""

import json
from pathlib import Path
from typing import Any

IRC = """[2024-05-07T15:00:00.100Z]\t<Ann_Berg>\tpresent+
[2024-05-07T15:00:01.000Z]\t<cruz>\tpresent+
[2024-05-07T15:00:02.000Z]\t<Ann_Berg>\tMeeting: Garden group
[2024-05-07T15:00:02.100Z]\t<Ann_Berg>\tAgenda: https://example.org/agenda
[2024-05-07T15:00:03.000Z]\t<Ann_Berg>\tChair: ann
[2024-05-07T15:00:04.000Z]\t<Ann_Berg>\tscribe: Dev_Rao
[2024-05-07T15:00:05.000Z]\t<Dev_Rao>\tpresent+
[2024-05-07T15:00:10.000Z]\t<ann>\tTopic: The pond
[2024-05-07T15:00:20.000Z]\t<Dev_Rao>\tann: Welcome, all
[2024-05-07T15:00:21.000Z]\t<Dev_Rao>\t... we begin with the pond
[2024-05-07T15:00:22.000Z]\t<cruz>\tq+ to ask about frogs
[2024-05-07T15:00:30.000Z]\t<ann>\tack cruz
[2024-05-07T15:00:31.000Z]\t<Dev_Rao>\tcruz: Are there frogs?
[2024-05-07T15:00:32.000Z]\t<Dev_Rao>\tann: Three of them
[2024-05-07T15:00:33.000Z]\t<cruz>\t+1 to frogs
[2024-05-07T15:00:40.000Z]\t<ann>\tPROPOSAL: We dig a pond of four metres.
[2024-05-07T15:00:41.000Z]\t<cruz>\t-1 too large
[2024-05-07T15:00:42.000Z]\t<dev>\t+1
[2024-05-07T15:00:50.000Z]\t<ann>\tPROPOSAL: We dig a pond of three metres.
[2024-05-07T15:00:51.000Z]\t<ABerg>\t+1
[2024-05-07T15:00:52.000Z]\t<cruz>\t-1
[2024-05-07T15:00:53.000Z]\t<Dev_Rao>\t+0.5 with a fence
[2024-05-07T15:00:54.000Z]\t<Eve>\tpresent+
[2024-05-07T15:00:55.000Z]\t<Eve>\t-0.2
[2024-05-07T15:00:56.000Z]\t<cruz>\t+1
[2024-05-07T15:00:57.000Z]\t<cruz>\t+1 Dev
[2024-05-07T15:01:00.000Z]\t<ann>\tRESOLVED: We dig a pond of three metres.
[2024-05-07T15:01:10.000Z]\t<ann>\tACTION: Dev to order the liner
[2024-05-07T15:01:11.000Z]\t<ann>\tACTION: somebody to find the spade
[2024-05-07T15:01:20.000Z]\t<ann>\tTopic: The fence
[2024-05-07T15:01:30.000Z]\t<ann>\tPROPOSAL: We build no fence.
[2024-05-07T15:01:31.000Z]\t<cruz>\t-1 children may fall in
[2024-05-07T15:01:32.000Z]\t<Dev_Rao>\t+1
[2024-05-07T15:01:40.000Z]\t<ann>\tRESOLVED: We build no fence.
[2024-05-07T15:01:50.000Z]\t<ann>\tRESOLVED: We meet again in June.
[2024-05-07T15:02:00.000Z]\t<cruz>\tbye
"""


def log(folder: Path, text: str = IRC, name: str = "2024-05-07-garden.log") -> Path:
    """An IRC log in a file."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def motion(
    mover: str, seconder: str, text: str, result: str, rows: dict[str, list[str]] | None = None
) -> dict[str, Any]:
    """A motion as eScribe minutes have it."""
    return {
        "pre_motion_texts": [],
        "moved_by": {"string": mover and f"Moved by {mover}", "__class__": "Mover"},
        "seconded_by": {"string": seconder and f"Seconded by {seconder}", "__class__": "Mover"},
        "motion_texts": [{"string": text, "__class__": "Paragraph"}],
        "vote": {
            "rows": [{"vote": label, "voters": names} for label, names in (rows or {}).items()],
            "__class__": "Vote",
        },
        "result": {"string": result, "__class__": "MotionResult"},
        "post_motion_texts": [],
        "__class__": "Motion",
    }


def item(number: str, title: str, *parts: Any, **items: Any) -> dict[str, Any]:
    """An item; strings are paragraphs."""
    content = [
        {"string": part, "__class__": "Paragraph"} if isinstance(part, str) else part
        for part in parts
    ]
    return {
        "title": title,
        "number": number,
        "content": content,
        "items": {child["number"]: child for child in items.values()},
        "attachments": [{"title": "A paper", "url": "https://example.org/paper.pdf"}],
        "__class__": "MeetingItem",
    }


ALL = ["Mayor A. Alder", "B. Birch", "C. Cedar", "D. Van Dam"]


def council() -> dict[str, Any]:
    """A short evening: a nested agenda, comings and goings, roll calls, an election."""
    first = motion(
        "Councillor B. Birch", "C. Cedar", "That the pond BE DUG.", "Motion Passed (3 to 1)",
        {"Yeas:": ALL[:3], "Nays:": ["D. Van Dam"]},
    )  # fmt: skip
    superseded = motion("B. Birch", "", "That the pond BE DUG deeply.", "")
    failed = motion(
        "C. Cedar", "B. Birch", "That frogs BE BOUGHT.", "Motion Failed (1 to 1)",
        {"Yeas:": ["C. Cedar"], "Nays:": ["B. Birch"], "Absent:": ["D. Van Dam"],
         "Recuse:": ["Mayor A. Alder"]},
    )  # fmt: skip
    bare = motion("B. Birch", "C. Cedar", "That benches BE SET.", "(2 to 1)",
                  {"Yeas": ["Bea Birch", "C. Cedar"], "Nays": ["A. Alder"]})  # fmt: skip
    consent = motion("", "", "That the report BE RECEIVED.", "Motion Passed")
    round_ = motion(
        "", "", "Appointment of a warden", "Majority Winner: No majority",
        {"Fern": ["B. Birch"], "Reed": ["C. Cedar"], "Abstain(0.00": ["None"]},
    )  # fmt: skip
    last = motion("A. Alder", "B. Birch", "That the meeting BE ADJOURNED.", "Motion Passed")
    last["post_motion_texts"] = [{"string": "The meeting adjourned at 8:15 PM."}]
    return {
        "title": "3rd Council Meeting",
        "datetime": "2025-06-02 18:00:00",
        "url": "https://example.org/minutes",
        "meeting_type": "Council",
        "bills": [{"title": "Bill No. 1", "desc": "A by-law on ponds"}],
        "present": ["A. Alder", "B. Birch", "C. Cedar", "D. Van Dam"],
        "also_present": ["K. Clerk"],
        "remote_attendance": ["R. Remote"],
        "absent": ["E. Elm"],
        "content": {
            "string": "The meeting is called to order at 6:02 PM; it being noted that Councillor"
            " C. Cedar was in remote attendance."
        },
        "items": {
            "1": item("1", "Opening", "None."),
            "2": item(
                "2",
                "Reports",
                consent,
                b=item(
                    "2", "Frogs", "At 7:05 PM, Councillor D. Van Dam leaves the meeting.", failed
                ),
                a=item(
                    "1",
                    "The pond",
                    superseded,
                    first,
                    "The Council recesses at 7:10 PM and reconvenes at 7:20 PM.",
                ),
            ),
            "3": item("3", "Garden", bare, round_, last),
        },
        "__class__": "Meeting",
    }


def minutes(folder: Path, found: Any = None, name: str = "council.json") -> Path:
    """Council minutes in a file."""
    path = folder / name
    path.write_text(json.dumps(council() if found is None else found), encoding="utf-8")
    return path
