"""What is true about the secrecy of a vote is said before it is cast, in every language."""

import re

import pytest
from cast import Cast
from conftest import Client
from house.tree import ROOT
from markupsafe import escape
from optioning import OPTIONS
from polling import make, secret

from forum.base import clock, db
from forum.base.i18n import _, using
from forum.members import options as settings
from forum.members.models import PLATFORM, Member, PlaceSetting
from voting.polls import options

SOURCE = (ROOT / "templates/polls/secrecy.html").read_text(encoding="utf-8")
SENTENCES = re.findall(r'_\("([^"]+)"\)', SOURCE.split("{% else %}")[0])
SELDOM = (
    "Who took part is published by name",
    "How secret is this vote?",
    "A reason that you write is published word for word",
)
MARKED = "Of five ballots and more each is published"
# What DESIGN.md and voting.md want said, by words of the sentence that says it.
TOPICS = (
    "without your name, without a time",
    "nobody can change, drop or add a ballot unnoticed",
    "fewer than five ballots are cast",
    "without JavaScript the server draws it",
    "in old safety copies, whoever operates the server could",
    "controls the server while you vote",
    "has your device",
    "everybody on the roll is a real person",
    "buys votes",
    "Whoever sees your check code",
    "regulated by law",
)


def page(client: Client, cast: Cast, poll: int, lang: str) -> str:
    with db.transaction() as tx:
        tx.get_one(Member, cast.bob.id).lang = lang
    return client("bob").get(f"/polls/{poll}").text


@pytest.mark.parametrize("lang", ["en", "zh_Hans_CN", "zh_Hant_TW"])
@pytest.mark.parametrize("way", ["majority", "irv"])
def test_every_limit_stands_on_the_ballot(client: Client, cast: Cast, lang: str, way: str) -> None:
    poll = secret(cast, method=way, **({} if way == "majority" else {"options": OPTIONS}))
    text = page(client, cast, poll, lang)
    folded = re.search(r'<details[^>]*id="secrecy".*?</details>', text, re.DOTALL)
    assert folded
    assert all(any(topic in one for one in SENTENCES) for topic in TOPICS)
    for words in SENTENCES:
        with using(lang):
            said = str(escape(_(words)))
        assert lang == "en" or re.search("[\u4e00-\u9fff]", said)
        due = not words.startswith(SELDOM) and (way == "irv" or not words.startswith(MARKED))
        assert (said in folded[0]) == (due or words == SELDOM[1]), words
    # A short sentence first; and for a browser without scripts, what differs there.
    banner = re.search(r'class="banner banner-info".*?</div>\s*</div>', text, re.DOTALL)
    assert banner
    assert banner.start() < folded.start() < text.index('name="nonce"')
    assert re.search(r'name="nonce"[^>]*><p class="hint" data-served>.{20}', text)


def test_who_writes_a_reason_is_told_where_it_goes(client: Client, cast: Cast) -> None:
    poll = secret(cast, method="consent")
    assert SELDOM[2] in page(client, cast, poll, "en")


def test_a_named_vote_says_so(client: Client, cast: Cast) -> None:
    text = page(client, cast, make(cast), "en")
    assert "everybody can see who voted how" in text
    assert "data-served" not in text


def test_who_took_part_is_published_only_where_voters_were_told(client: Client, cast: Cast) -> None:
    said = "Who took part is published by name"
    quiet = secret(cast)
    assert said not in page(client, cast, quiet, "en")
    with db.transaction() as tx:
        tx.add(
            PlaceSetting(
                place=PLATFORM, key=options.WHO_VOTED.key, value=True, changed_at=clock.now()
            )
        )
    assert settings.options[options.WHO_VOTED.key] is options.WHO_VOTED
    told = secret(cast)
    assert said in page(client, cast, told, "en")
    assert said not in page(client, cast, quiet, "en")
