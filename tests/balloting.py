"""Elections as Hypothesis draws them: whatever a format says that it can hold."""

from typing import Any

from hypothesis import strategies as st

from voting.formats.election import Election, identified, tidy
from voting.formats.format import Format, Part
from voting.methods.common import marks
from voting.methods.method import Form

# Names with what formats use as signs, with stray spaces, and with Chinese.
LETTERS = st.characters(
    exclude_categories=("Cc", "Cs"), include_characters=" \"';,:#[]{}()=>/-|0123456789甲乙丙桂花"
)
NAMES = st.text(LETTERS, min_size=1, max_size=12).filter(tidy)
PLAIN = st.sampled_from(
    [" Ann  Lee ", 'Bob "the Lot" Ash', "桂花；竹", "a,b;c", "[x] #1", "-2", "0"]
)
DECIMALS = st.decimals(0, 10**6, places=2).map(str)


def mark_of(form: Form, idents: list[str]) -> st.SearchStrategy[str]:
    one = st.sampled_from(idents)
    if form is Form.CHOICE:
        return st.just("") | one
    if form is Form.PICKS:
        return st.sets(one).map(marks.write_picks)
    if form is Form.GRADES:
        grades = st.dictionaries(one, st.integers(0, 20))
        return grades.map(marks.write_grades)
    return st.lists(st.sets(one, min_size=1, max_size=3)).map(_apart).map(marks.write_ranks)


def _apart(tiers: list[set[str]]) -> list[list[str]]:
    seen: set[str] = set()
    found = []
    for tier in tiers:
        found.append([ident for ident in tier if ident not in seen])
        seen |= tier
    return found


@st.composite
def elections(draw: st.DrawFn, one: Format) -> Election:
    form = draw(st.sampled_from(sorted(one.forms)))
    names = draw(
        st.lists(
            NAMES | PLAIN, min_size=1, max_size=6, unique_by=lambda name: tidy(name).casefold()
        )
    )
    money = Part.MONEY in one.carries
    costs = [draw(DECIMALS) for _name in names] if money else []
    options = identified(names, costs)
    idents = [option.id for option in options]
    counts = draw(st.dictionaries(mark_of(form, idents), st.integers(1, 5), max_size=8))
    if form is Form.RANKS and Part.EQUAL not in one.carries:
        counts = {mark.replace("=", ">"): number for mark, number in counts.items()}
    more: dict[str, Any] = {}
    if Part.TITLE in one.carries:
        more["title"] = draw(st.just("") | NAMES.map(tidy))
    if Part.SEATS in one.carries:
        more["seats"] = draw(st.integers(1, 9))
    if money:
        more["budget"] = draw(st.just("") | DECIMALS)
    if Part.BOUNDS in one.carries and form is Form.GRADES:
        more["least"] = draw(st.none() | st.just(0))
        more["most"] = draw(st.none() | st.just(20))
    if Part.WITHDRAWN in one.carries:
        more["withdrawn"] = draw(st.frozensets(st.sampled_from(idents)))
    return Election(options, form, counts, **more)
