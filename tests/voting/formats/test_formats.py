"""The contract of every format, on arrival: it reads what it wrote, and bears hostile files."""

import re
from collections.abc import Callable

import pytest
from balloting import elections
from hypothesis import given, settings
from hypothesis import strategies as st

from voting.formats import election as reading
from voting.formats.election import Election, Unreadable, Unwritable
from voting.formats.format import Format, Part, formats, guessed, named
from voting.methods.method import Form, Option

ALL = sorted(formats().values(), key=lambda one: one.name)
READABLE = [one for one in ALL if one.reads]
ABC = (Option("o1", "Ann", "10"), Option("o2", "Bo [x]", "2.50"), Option("o3", "桂花", "7"))
SAMPLES = {
    Form.CHOICE: {"o1": 3, "o2": 2, "": 1},
    Form.PICKS: {"o1,o3": 3, "o2": 2, "": 1},
    Form.GRADES: {"o1:5,o2:0,o3:3": 3, "o2:4": 2, "": 1},
    Form.RANKS: {"o1>o3>o2": 3, "o2": 2, "": 1},
}


def sample(one: Format) -> Election:
    return Election(ABC, min(one.forms), SAMPLES[min(one.forms)])


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.name)
def test_it_says_what_it_is(one: Format) -> None:
    assert formats()[one.name] is one
    assert one.label
    assert one.forms
    assert all(ending.startswith(".") for ending in one.endings)
    assert [other.name for other in ALL if set(other.endings) & set(one.endings)] == [one.name]


@pytest.mark.parametrize("one", READABLE, ids=lambda one: one.name)
class TestReadable:
    @settings(deadline=None)
    @given(data=st.data())
    def test_what_is_written_reads_back(self, one: Format, data: st.DataObject) -> None:
        election = data.draw(elections(one))
        assert one.read(one.write(election)) == election

    @settings(deadline=None)
    @given(data=st.data())
    def test_cut_short_it_is_read_or_refused(self, one: Format, data: st.DataObject) -> None:
        text = one.write(data.draw(elections(one)))
        at = data.draw(st.integers(0, len(text)))
        more = data.draw(st.text(max_size=5))
        bears(one, text[:at] + more + data.draw(st.sampled_from(["", text[at:]])))

    @settings(deadline=None)
    @given(text=st.text(max_size=200))
    def test_any_text_is_read_or_refused(self, one: Format, text: str) -> None:
        bears(one, text)
        one.sniff(text)

    def test_it_is_known_by_its_looks(self, one: Format) -> None:
        text = one.write(sample(one))
        assert guessed("ballots.txt", text) is one
        for ending in one.endings:
            assert guessed(f"Ballots{ending.upper()}", "") is one

    @pytest.mark.parametrize("number", ["-1", "1.5", "1e9", "9" * 10, "9" * 5000, "x", "１"])
    def test_wrong_numbers(self, one: Format, number: str) -> None:
        """Wherever a number of votes, seats or a budget stands."""
        text = one.write(sample(one))
        wrong = re.sub(r"(?m)^\d+(?=[ :,;])", number, text)
        if one.name == "pabulib":  # voters are called as they like, and costs need not be whole
            wrong = text.replace(
                "2.50" if number != "1.5" else "num_votes;6", f"num_votes;{number}"
            )
        assert wrong != text
        with pytest.raises(Unreadable):
            one.read(wrong)

    @pytest.mark.parametrize(
        "line",
        ["1 " * 10**6, "1,2," * 10**6, "a" * 10**7, "1:" + "A>" * 10**6, '"' * 10**6, " " * 10**7],
        ids=["numbers", "commas", "letters", "order", "quotes", "spaces"],
    )
    def test_a_line_of_megabytes(self, one: Format, line: str) -> None:
        text = one.write(sample(one))
        bears(one, text + line)
        bears(one, line)
        bears(one, text.replace("Ann", line, 1))
        for at in [0, *(match.end() for match in re.finditer(r"\n", text))][:12]:
            bears(one, text[:at] + line + "\n" + text[at:])

    def test_nothing(self, one: Format) -> None:
        for text in ("", "\n", " \n\n"):
            with pytest.raises(Unreadable):
                one.read(text)

    def test_too_many_ballots(self, one: Format) -> None:
        many = Election(ABC, min(one.forms), dict.fromkeys(SAMPLES[min(one.forms)], 999_999_999))
        if one.name == "pabulib":
            return  # each ballot is a line
        with pytest.raises(Unreadable, match="cannot be counted"):
            one.read(one.write(many))


def bears(one: Format, text: str) -> None:
    """One clear error, or an election in which every ballot names options that there are."""
    said = ""
    try:
        found = one.read(text)
    except Unreadable as error:
        said = str(error)
    if said:
        assert len(said) < 300
        assert "\n" not in said
        return
    idents = {option.id for option in found.options}
    for mark in found.counts:
        assert set(re.findall(r"o\d+", mark)) <= idents
    assert all(number > 0 for number in found.counts.values())


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.name)
def test_ballots_are_never_changed_to_be_written(one: Format) -> None:
    for form in set(Form) - one.forms:
        with pytest.raises(Unwritable, match=form.value):
            one.write(Election(ABC, form, SAMPLES[form]))
    form = min(one.forms)
    gone = Election(ABC, form, SAMPLES[form], withdrawn=frozenset({"o2"}))
    equal = Election(ABC, Form.RANKS, {"o1=o2>o3": 1})
    if Part.WITHDRAWN not in one.carries:
        with pytest.raises(Unwritable, match="withdrawn"):
            one.write(gone)
    if Form.RANKS in one.forms and Part.EQUAL not in one.carries:
        with pytest.raises(Unwritable, match="equal"):
            one.write(equal)


def test_the_format_is_asked_for_by_name() -> None:
    assert named("blt").name == "blt"
    for wrong in ("nonsense", "cvr"):
        with pytest.raises(Unreadable, match="blt"):
            named(wrong)
    with pytest.raises(Unreadable, match=r"\.blt"):
        guessed("notes.txt", "Dear all,")


@pytest.mark.parametrize(
    ("names", "says"),
    [
        (["a", " A "], "two options are called"),
        (["a", ""], "option 2 has no name"),
        (["a", "b\0"], "is not text"),
        ([], "0 options"),
        ([str(n) for n in range(1001)], "1001 options"),
    ],
)
def test_options_that_cannot_be_told_apart(names: list[str], says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        reading.identified(names)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: b"\x89PNG\r\n\x1a\n\0\0\0", "line 1"),
        (lambda: b"3 2\n1 0\n\xff\xfe", "line 3"),
        (lambda: b"3 2\n\0", "line 2: this is not text"),
        (lambda: "3 2".encode("utf-16")[:-1], "not text"),
    ],
)
def test_what_is_no_text(make: Callable[[], bytes], says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        reading.decoded(make())
    assert reading.decoded("\ufeff桂花".encode()) == "桂花"
    assert reading.decoded("桂花".encode("utf-16")) == "桂花"
