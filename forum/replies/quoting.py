"""What of a letter its writer wrote: pure. What mail programs quote and add is cut off.

Programs say in many words that what follows is not new. Where they mark each quoted line with a
">", what stands between and under the quotes is the writer's; where they only announce the quote,
everything from there on is not.
"""

import re
from html.parser import HTMLParser

# "在 2026年3月5日，张三 <a@b> 写道：", "On Thu, Bob wrote:"; often broken over two or three lines.
ANNOUNCED = re.compile(
    r"^(?:在\s*\S.{0,240}(?:写道|寫道|写到)|On\s.{4,240}\swrote|[^\n]{0,120}<\S{3,120}>\s*于.{4,80}写道"
    r"|(?:Le|Am|El)\s.{4,200}(?:écrit|schrieb.{0,80}|escribió))\s*[:：]$",
    re.DOTALL,
)
# "-----原始邮件-----", "---------- Forwarded message ---------", "-----Original Message-----"
RULED = re.compile(
    r"^[-—_=*\s]{2,}(?:原始邮件|原始郵件|原邮件|回复的原邮件|转发的邮件|转发邮件|轉寄郵件"
    r"|Original Message|Original|Forwarded message|Reply to)\s*[-—_=*]{2,}:?$",
    re.IGNORECASE,
)
RULE = re.compile(r"^_{20,}$")
HEAD = re.compile(r"^[*\s]*(?:发件人|寄件者|寄件人|發件人|From|Von|De)\s*[:：]", re.IGNORECASE)
HEAD_GOES_ON = re.compile(
    r"^[*\s]*(?:发送时间|发送日期|日期|时间|收件人|收件者|寄件日期|主题|主旨|抄送|Sent|Date|To|Cc|Subject"
    r"|Gesendet|An|Envoyé)\s*[:：]",
    re.IGNORECASE,
)
SIGNATURE = re.compile(r"^--\s?$")
# Lines that telephones and programs add by themselves.
ADDED = re.compile(
    r"^(?:发自我的.{1,40}|[从由]我的.{1,30}发送|发自.{0,20}(?:邮箱|手机|客户端).{0,20}"
    r"|来自.{0,30}手机.{0,20}|从.{0,20}邮件.{0,10}发送|获取\s*Outlook.{0,60}"
    r"|Sent from (?:my|Mail for|Yahoo|Outlook).{0,80}|Get Outlook for .{0,80}"
    r"|Von meinem .{0,60}gesendet)$",
    re.IGNORECASE,
)
INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
LONGEST = 300  # characters: what is longer is nobody's heading
HEAD_REACHES = 4  # lines after "From:" within which another field of the head stands


def written(text: str) -> str:
    """The writer's own words."""
    lines = [INVISIBLE.sub("", line).rstrip() for line in text.splitlines()]
    kept: list[str] = []
    at = 0
    while at < len(lines):
        announced = _announced(lines, at)
        if announced and not _quoted_after(lines, at + announced):
            break
        if announced:
            at += announced
            continue
        if _ends_here(lines, at):
            break
        line = lines[at]
        if not line.startswith(">") and not ADDED.match(line.strip()[:LONGEST]):
            kept.append(line)
        at += 1
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _announced(lines: list[str], at: int) -> int:
    """How many lines from here announce a quote; 0: none."""
    for count in (1, 2, 3):
        if not all(line.strip() for line in lines[at : at + count]):
            return 0
        words = "\n".join(lines[at : at + count]).strip()
        if len(words) <= LONGEST and ANNOUNCED.match(words):
            return count
    return 0


def _quoted_after(lines: list[str], at: int) -> bool:
    """Whether the next line with words is marked as quoted."""
    return next((line.startswith(">") for line in lines[at:] if line), False)


def _ends_here(lines: list[str], at: int) -> bool:
    """Whether neither this line nor any after it is the writer's."""
    line = lines[at].strip()
    if len(line) > LONGEST:
        return False
    if SIGNATURE.match(lines[at]) or RULED.match(line):
        return True
    nearby = lines[at + 1 : at + 1 + HEAD_REACHES]
    if RULE.match(line):
        return any(HEAD.match(other) for other in nearby)
    return bool(HEAD.match(line)) and any(HEAD_GOES_ON.match(other) for other in nearby)


BLOCKS = frozenset(
    "address article aside br dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr li "
    "main nav ol p pre section table tr ul".split()
)
UNSEEN = frozenset("head script style template title noscript svg".split())
EMPTY = frozenset("area base br col embed hr img input link meta source track wbr".split())
# How mail programs mark the quoted part of an HTML letter.
QUOTED = re.compile(
    r"\b(?:gmail_quote|gmail_attr|yahoo_quoted|moz-cite-prefix|protonmail_quote|zmail_extra"
    r"|OutlookMessageHeader|divRplyFwdMsg|appendonsend|ntes_|isReplyContent|qqmail_quote)",
    re.IGNORECASE,
)
DEEPEST = 400


class _Reader(HTMLParser):
    """The text of an HTML letter without its quoted parts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._open: list[tuple[str, bool]] = []

    @property
    def _silent(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, or a part that is not read."""
        if tag in BLOCKS and not self._silent:
            self.parts.append("\n")
        if tag not in EMPTY and len(self._open) < DEEPEST:
            marks = " ".join(value or "" for name, value in attrs if name in ("class", "id"))
            hidden = tag in UNSEEN or tag in ("blockquote", "includetail") or QUOTED.search(marks)
            self._open.append((tag, self._silent or bool(hidden)))

    def handle_endtag(self, tag: str) -> None:
        """Close the nearest such part and what was left open in it."""
        for at in range(len(self._open) - 1, -1, -1):
            if self._open[at][0] == tag:
                del self._open[at:]
                break
        if tag in BLOCKS and not self._silent:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep words; blanks and line breaks of the source mean one blank."""
        if not self._silent:
            self.parts.append(re.sub(r"[ \t\r\n\xa0]+", " ", data))


def plain(html: str) -> str:
    """An HTML letter as text, its quoted parts left out."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = [line.strip() for line in "".join(reader.parts).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
