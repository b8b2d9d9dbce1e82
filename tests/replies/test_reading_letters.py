"""Reading a letter: what its writer wrote, and what machines send."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.replies import letters, quoting
from forum.replies.letters import Bounce, Kind

NEW = "I am for it.\n\nThe lift helps my mother."
QUOTES = {
    "gmail": f"{NEW}\n\nOn Thu, Mar 5, 2026 at 7:00 PM Moot <moot@example.org> wrote:\n\n> Old\n> words",
    "gmail, broken": f"{NEW}\n\nOn Thu, Mar 5, 2026 at 7:00 PM The long name of a moot\n<moot@example.org>\nwrote:\n> Old",
    "outlook": f"{NEW}\n\n________________________________\nFrom: Moot <moot@example.org>\nSent: Thursday\nOld",
    "outlook zh": f"{NEW}\n\n发件人: 议事厅 <moot@example.org>\n发送时间: 2026年3月5日 19:00\n收件人: 李\n主题: 新\n\nOld",
    "qq": f'{NEW}\n\n\n------------------ 原始邮件 ------------------\n发件人: "议事厅"<moot@example.org>;\nOld',
    "163": f'{NEW}\n\n在 2026-03-05 19:00:00，"议事厅" <moot@example.org> 写道：\n\nOld',
    "163 marked": f"{NEW}\n\n在 2026年3月5日，下午7:00，议事厅 <moot@example.org> 写道：\n\n> Old",
    "foxmail": f"{NEW}\n\n--\n李\n\n发件人： 议事厅\n发送时间： 2026-03-05\nOld",
    "gmail zh": f"{NEW}\n\n议事厅 <moot@example.org> 于2026年3月5日周四 19:00写道：\n\n> Old",
    "original": f"{NEW}\n\n-----Original Message-----\nFrom: Moot\nOld",
    "forward": f"{NEW}\n\n---------- Forwarded message ---------\nOld",
    "signature": f"{NEW}\n\n-- \nBob\nTel. 123",
    "phone": f"{NEW}\n\n发自我的iPhone\n\n> Old",
    "phone en": f"{NEW}\n\nSent from my iPhone\n\nOn 5 Mar 2026, at 19:00, Moot <m@example.org> wrote:\n\nOld",
    "below": f"On Thu, 5 Mar 2026 Moot <moot@example.org> wrote:\n> Old\n> words\n\n{NEW}",
    "between": "> Old\n\nI am for it.\n\n> words\n\nThe lift helps my mother.\n",
    "traditional": f"{NEW}\n\n在 2026年3月5日 週四，議事廳 <moot@example.org> 寫道：\n\nOld",
}  # fmt: skip
# ruff: noqa: E501 - letters are as long as they are


@pytest.mark.parametrize("program", QUOTES)
def test_quotes_and_signatures_are_cut(program: str) -> None:
    assert quoting.written(QUOTES[program]) == NEW


@pytest.mark.parametrize(
    "own",
    [
        "From: the first floor one hears everything.\nThat is so.",
        "在小区里我写道路问题：\n路灯坏了。",
        "On this I wrote:\nnothing so far.",
        "- one\n- two\n---\nthree",
        "5 > 3, and so it stays.",
    ],
)
def test_what_only_looks_like_a_quote_stays(own: str) -> None:
    if own.startswith(
        "On this"
    ):  # as a quote's announcement reads: better too little than another's words
        assert quoting.written(own) == ""
    else:
        assert quoting.written(own) == own


HTML = {
    "gmail": '<div dir="ltr">I am for it.<div><br></div><div>The lift helps my mother.</div></div><div class="gmail_quote"><div>On … wrote</div><blockquote>Old</blockquote></div>',
    "apple": "<html><head><style>p{color:red}</style></head><body><p>I am for it.</p><p>The lift helps my mother.</p><blockquote type=cite>Old</blockquote></body></html>",
    "outlook": '<div>I am for it.</div><div>&nbsp;</div><div>The lift helps my mother.</div><div id="divRplyFwdMsg"><b>From:</b> Moot</div>',
    "qq": "<div>I am for it.</div><div></div><div>The lift helps my mother.</div><includetail><div>------------------&nbsp;原始邮件&nbsp;------------------</div>Old</includetail>",
    "script": "<p>I am for it.</p><script>alert(1)</script><p>The lift helps my mother.</p><blockquote>Old",
}


@pytest.mark.parametrize("program", HTML)
def test_html_letters_are_read_as_text(program: str) -> None:
    raw = (
        b"From: b@example.org\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
        + HTML[program].encode()
    )
    assert letters.read(raw).words.replace("\n\n\n", "\n\n") == NEW


@pytest.mark.parametrize(
    ("charset", "declared"),
    [("gb18030", "gb2312"), ("gbk", "GBK"), ("big5", "big5"), ("utf-8", "x-unknown")],
)
def test_chinese_is_read_in_whatever_was_written(charset: str, declared: str) -> None:
    words = "電梯很好" if charset == "big5" else "电梯很好，镕基路"
    head = f"From: b@example.org\r\nContent-Type: text/plain; charset={declared}\r\n\r\n"
    assert letters.read(head.encode() + words.encode(charset)).words == words


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: auto-replied", "Precedence: bulk", "Precedence: auto_reply",
        "X-Auto-Response-Suppress: All", "List-Id: <a.b>", "X-Autoreply: yes",
        "Subject: 自动回复: 您好", "Subject: =?utf-8?b?6Ieq5Yqo5Zue5aSNOiDmgqg=?=",
        "Subject: Automatic reply: News",
    ],
)  # fmt: skip
def test_machines_are_nobody(header: str) -> None:
    raw = f"From: b@example.org\r\n{header}\r\n\r\nI am away."
    assert letters.read(raw.encode()).kind is Kind.MACHINE


def test_a_letter_from_nobody_is_a_machines() -> None:
    raw = b"From: b@example.org\r\n\r\nBack on Monday."
    assert letters.read(raw, envelope_sender="").kind is Kind.MACHINE
    assert letters.read(raw, envelope_sender="b@example.org").kind is Kind.ANSWER
    assert letters.read(b"From: MAILER-DAEMON@x.org\r\n\r\nNo").kind is Kind.MACHINE


MARK = "ab" * 20
REPORT = f"""From: MAILER-DAEMON@mx.example.org
To: moot@example.org
Content-Type: multipart/report; report-type=delivery-status; boundary="b"
MIME-Version: 1.0

--b

Could not deliver.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; bob@example.org
Action: ACTION
Status: STATUS

--b
Content-Type: KIND

Message-ID: <{MARK}@example.org>
From: moot@example.org

--b--
"""


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_a_letter_of_ours_that_comes_back_is_known_by_its_mark(kind: str) -> None:
    raw = REPORT.replace("ACTION", "failed").replace("STATUS", "5.1.1").replace("KIND", kind)
    found = letters.read(raw.encode())
    assert (found.kind, found.bounce) == (Kind.BOUNCE, Bounce(MARK, "5.1.1"))


@pytest.mark.parametrize(
    ("action", "status"), [("delayed", "4.4.1"), ("delivered", "2.0.0"), ("failed", "4.0.0")]
)
def test_what_is_only_late_did_not_come_back(action: str, status: str) -> None:
    raw = (
        REPORT.replace("ACTION", action).replace("STATUS", status).replace("KIND", "message/rfc822")
    )
    assert letters.read(raw.encode()).bounce is None


def test_two_writers_are_none() -> None:
    assert letters.read(b"From: a@x.org, b@x.org\r\n\r\nHello").sender == ""
    assert letters.read(b"From: a@x.org\r\nFrom: b@x.org\r\n\r\nHello").sender == ""
    assert letters.read(b'From: "bob@x.org" <evil@y.org>\r\n\r\nHello').sender == "evil@y.org"


def test_attachments_are_counted_and_not_read() -> None:
    raw = b"""From: a@x.org
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/plain

Look at this.
--b
Content-Type: text/plain
Content-Disposition: attachment; filename="secret.txt"

Not for reading.
--b
Content-Type: image/png
Content-Transfer-Encoding: base64

AAAA
--b--
"""
    found = letters.read(raw)
    assert (found.words, found.attachments) == ("Look at this.", 2)


HOSTILE = {
    "nothing": b"",
    "no head": b"\r\n\r\nHello",
    "zeros": b"From: a@x.org\0\r\nSubject: \0\r\n\r\n\0\0Hello",
    "broken base64": b"From: a@x.org\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!",
    "broken words": b"From: =?utf-8?q?=ff=fe?= <a@x.org>\r\nSubject: =?x?b?!!?=\r\n\r\nHello",
    "endless boundary": b"From: a@x.org\r\nContent-Type: multipart/mixed; boundary=\r\n\r\nHello",
    "deep": b"From: a@x.org\r\n"
    + b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(3000)),
    "many parts": b'From: a@x.org\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n'
    + b"--b\r\n\r\nHello\r\n" * 5000,
    "deep html": b"From: a@x.org\r\nContent-Type: text/html\r\n\r\n" + b"<div>" * 100_000 + b"Hello",
    "one line": b"From: a@x.org\r\n\r\n" + "在".encode() * 200_000 + "写道：".encode(),
    "blanks": b"From: a@x.org\r\n\r\n" + (b"- " * 100_000) + b"x",
    "many addresses": b"From: " + b"a@x.org, " * 20_000 + b"\r\n\r\nHello",
    "folded": b"From: a@x.org\r\n Bcc: b@x.org\r\n\r\nHello",
    "bad type": b"From: a@x.org\r\nContent-Type: text/plain; charset*0*=%%%; charset*1=\xff\r\n\r\nHello",
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_no_letter_is_a_fault(what: str) -> None:
    found = letters.read(HOSTILE[what])
    assert "\0" not in found.words


@given(st.binary(max_size=400), st.text(max_size=400))
def test_nothing_that_comes_is_a_fault(raw: bytes, text: str) -> None:
    letters.read(raw)
    assert len(quoting.written(text)) <= len(text)
    quoting.plain(text)
