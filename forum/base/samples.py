"""What the style page shows: sample content in two languages, and colours with their contrasts."""

import re
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup

from forum.base import styles

GROUNDS = ("paper", "sheet", "sunk")
TONES = ("good", "warn", "bad", "info", "for", "against", "neutral", "question", "official")
INKS = ("ink", "ink-2", "ink-3", "accent")
SHAPES = ("edge", "focus")
_LIGHT, _DARK = ":root", ':root[data-theme="dark"]'

ZH: dict[str, str] = {
    "letters": "Aa 字 8",
    "lift": "三号楼加装电梯",
    "stops": "电梯停在两层之间",
    "who_pays": "加装电梯的钱怎么分摊？",
    "who_pays_lead": "高层盼着用，一楼怕吵怕挡光。找一个两边都能签字的分法。",
    "mixed": "2026年11月21日，第3号楼“两梯一户”方案——6层、48户，预算￥486,000（含VAT），"
    "详见《Lift Act 2019》第8.2条……",
    "long": "关于丁香苑小区三号楼、五号楼既有住宅加装电梯方案比选及费用分摊办法暨施工期间临时通行、"
    "夜间噪声控制和一层住户采光补偿事项的居民协商",
    "url": "https://example.org/zh-hans/community/building-3/lift/plans/2026/final-version-b.pdf",
    "stage_names": "征集议题,协商讨论,形成意见,公布结果,跟踪办理,办结",
    "now": "协商讨论",
    "for_words": "我妈妈82岁，住六楼，三月份以后就没下过楼。",
    "ask_words": "夜里的噪声怎么办？",
    "own_words": Markup("厂家承诺42分贝以内，<em>可以写进合同</em>。"),
    "stances": "赞成,反对,中立,提问",
    "against_words": "一楼采光受影响，又用不上电梯，平摊不公平。",
    "lin": "林秀英",
    "wang": "王国强",
    "chen": "陈波",
    "zhou": "周敏",
    "resident": "居民",
    "representative": "人大代表",
    "main_venue": "主会场",
    "venue_b": "二分会场",
    "online": "线上",
    "hint": "一次说一个理由，别人好逐条回应。",
    "wrong": "请写出您的意见。",
    "too_long": "最多12个字。",
    "name": "姓名",
    "opinion": "您的意见",
    "venue": "会场",
    "begins": "开始时间",
    "speaking_time": "发言时间",
    "minutes": "分钟",
    "show_name": "显示我的名字",
    "attachment": "附件",
    "publish": "发布",
    "preview": "预览",
    "download": "下载",
    "withdraw": "撤回",
    "withdraw_ask": "撤回后，您在发言名单上的位置就没有了。",
    "close_list": "关闭名单",
    "close_ask": "关闭后，谁都不能再加入名单。",
    "postpone": "推迟……",
    "postpone_title": "推迟这项议题",
    "reason": "原因",
    "support": "支持",
    "busy": "正在发送",
    "off": "现在不能点",
    "info": "投票19:30开始，发言名单在此之前还可以改。",
    "good": "您的意见已发布。",
    "warn": "二分会场线路中断，那里的发言改用电话。",
    "bad": "没有保存成功。",
    "listed": "您已列入发言名单。",
    "votes": "表决结果",
    "present": "到会",
    "voted": "已投票",
    "state": "状态",
    "confirmed": "已确认",
    "waiting": "等待中",
    "nothing": "还没有任务。决议公布以后，任务就会出现在这里。",
    "to_decisions": "查看决议",
    "assigned": "交物业办理",
    "asked": "向三家厂家询价",
    "asked_more": "已有两家答复。",
    "interim": "阶段答复",
    "rating": "居民评价",
    "how": "发言顺序怎么排？",
    "how_words": "没发过言的先说，赞成和反对轮流，再按申请先后。",
    "sending": "正在上传",
    "parking": "东门停车位",
    "minutes_of": "3月3日会议纪要",
    "headings": "颜色与对比度,文字,按钮与操作,提示,表单,填错的表单,对话框,意见,数字,发言名单,"
    "列表与卡片,表格,进程,进行中与空白",
}
EN: dict[str, str] = {
    "letters": "Aa 字 8",
    "lift": "A lift for building 3",
    "stops": "The lift stops between floors",
    "who_pays": "Who pays for the second lift?",
    "who_pays_lead": "Upper floors need it, lower floors bear the noise. "
    "We look for shares that both can sign.",
    "mixed": "On 21 November 2026 the “two lifts” plan for 3号楼 – 6 floors, 48 flats, "
    "€486,000 – came before 居民代表大会 (§ 8.2, Lift Act 2019) …",
    "long": "Consultation on comparing the designs, sharing the cost and compensating the ground "
    "floor for lifts added to the existing buildings three and five of Lilac Court",
    "url": "https://example.org/en/community/building-3/lift/plans/2026/final-version-b.pdf",
    "stage_names": "Proposing,Deliberating,Deciding,Publishing,Following up,Closed",
    "now": "Deliberating",
    "for_words": "My mother is 82 and lives on the sixth floor. She has not been down since March.",
    "ask_words": "What about the noise at night?",
    "own_words": Markup("The maker promises 42 decibels; <em>we can write it down</em>."),
    "stances": "For,Against,Neutral,Question",
    "against_words": "The first floor loses light and gains nothing. An equal share is unfair.",
    "lin": "Lin Xiuying",
    "wang": "Wang Guoqiang",
    "chen": "Chen Bo",
    "zhou": "Zhou Min",
    "resident": "Resident",
    "representative": "Representative",
    "main_venue": "Main venue",
    "venue_b": "Venue B",
    "online": "Online",
    "hint": "One point, and why. Others can answer each point by itself.",
    "wrong": "Please write your argument.",
    "too_long": "At most 12 characters.",
    "name": "Name",
    "opinion": "Your argument",
    "venue": "Venue",
    "begins": "Begins",
    "speaking_time": "Speaking time",
    "minutes": "minutes",
    "show_name": "Show my name",
    "attachment": "Attachment",
    "publish": "Publish",
    "preview": "Preview",
    "download": "Download",
    "withdraw": "Withdraw",
    "withdraw_ask": "You lose your place in the list.",
    "close_list": "Close the list",
    "close_ask": "Nobody can join the list afterwards.",
    "postpone": "Postpone …",
    "postpone_title": "Postpone this item",
    "reason": "Reason",
    "support": "Support",
    "busy": "Sending",
    "off": "Not now",
    "info": "The vote opens at 19:30; you can still change the list of speakers.",
    "good": "Your argument is published.",
    "warn": "The line to venue B is down. Speakers there are called by telephone.",
    "bad": "This could not be saved.",
    "listed": "You are on the list of speakers.",
    "votes": "Result of the vote",
    "present": "Present",
    "voted": "Voted",
    "state": "State",
    "confirmed": "Confirmed",
    "waiting": "Waiting",
    "nothing": "No task yet. Tasks appear when a decision is published.",
    "to_decisions": "To the decisions",
    "assigned": "Assigned to the property office",
    "asked": "Offers asked for",
    "asked_more": "Two of three makers have answered.",
    "interim": "Interim reply",
    "rating": "Rating by the residents",
    "how": "How is the order of speakers made?",
    "how_words": "Who has not spoken goes first; for and against take turns; then who asked first.",
    "sending": "Sending the file",
    "parking": "Parking at the east gate",
    "minutes_of": "Minutes of 3 March",
    "headings": "Colours and contrast,Text,Buttons and actions,Notices,Forms,A refused form,"
    "Dialogs,Arguments,Numbers,List of speakers,Lists and cards,Tables,Processes,Waiting and empty",
}


class Pair(NamedTuple):
    """A colour upon another, and how well it stands out in the light and in the dark."""

    front: str
    back: str
    light: float
    dark: float
    least: float


def sample(lang: str) -> dict[str, str]:
    """The sample content: Chinese for the Chinese scripts, else English."""
    return ZH if lang.startswith("zh") else EN


def _tokens(text: str, selector: str) -> dict[str, str]:
    found = re.search(rf"^{re.escape(selector)} \{{\n(.*?)^\}}", text, re.DOTALL | re.MULTILINE)
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", found[1])) if found else {}


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(known: dict[str, str], front: str, back: str) -> float:
    low, high = sorted((_luminance(known[front]), _luminance(known[back])))
    return round((high + 0.05) / (low + 0.05), 2)


@lru_cache
def pairs() -> list[Pair]:
    """The colours that meet on the pages, with the contrast of WCAG that is asked of them."""
    text = (styles.CSS / "tokens.css").read_text(encoding="utf-8")
    light = _tokens(text, _LIGHT)
    dark = {**light, **_tokens(text, _DARK)}
    wanted = [
        *((ink, ground, 4.5) for ink in INKS for ground in GROUNDS),
        *((tone, f"{tone}-soft", 4.5) for tone in TONES),
        ("on-accent", "accent", 4.5),
        *((shape, ground, 3.0) for shape in SHAPES for ground in GROUNDS),
    ]
    return [
        Pair(front, back, _contrast(light, front, back), _contrast(dark, front, back), least)
        for front, back, least in wanted
    ]
