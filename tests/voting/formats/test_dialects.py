"""What each format allows, and what it says where something is wrong."""

import pytest

from voting.formats.election import Election, Unreadable
from voting.formats.format import formats
from voting.methods.method import Form

BLT = '4 2\n-2\n3 1 3 4 0\n2 4 1=3 0\n1 2 0\n5 0\n0\n" Adam "\n"Basil"\n"Cy"\n"D"\n"Title"\n'


def read(name: str, text: str) -> Election:
    return formats()[name].read(text)


class TestBlt:
    def test_the_usual(self) -> None:
        found = read("blt", BLT)
        assert found.counts == {"o1>o3>o4": 3, "o4>o1=o3": 2, "o2": 1, "": 5}
        assert found.withdrawn == {"o2"}
        assert [one.name for one in found.options] == ["Adam", "Basil", "Cy", "D"]
        assert (found.title, found.seats) == ("Title", 2)

    @pytest.mark.parametrize(
        "text",
        [
            BLT.replace("\n", " "),
            BLT.replace("\n", "\r\n"),
            BLT.replace("4 2\n", "# made by hand\n\n4 2 # seats\n"),
            BLT.replace("3 1 3 4 0", "1 1 3\n4 0 2 1 3 4 0"),
            BLT.replace("-2\n", "-2\n[tie 3 1 2 4]\n[droop arithmetic=fixed]\n"),
            BLT.replace("3 1 3 4 0", "3 1 - 3 - 4 0"),
            BLT.replace("1 2 0", "(no 7) 2 0"),
            BLT.replace("-2\n", "-2\n[nick a b c d]\n").replace("3 1 3 4 0", "3 a c d 0"),
            BLT.replace('"Basil"', '"Basil" # he went'),
            BLT + '"Source"\n"Comment"\n',
        ],
    )
    def test_other_ways_to_say_the_same(self, text: str) -> None:
        assert read("blt", text) == read("blt", BLT)

    @pytest.mark.parametrize(
        ("old", "new", "says"),
        [
            ("4 2", "4", "line 2: "),
            ("4 2", "1001 2", "1001 options"),
            ("3 1 3 4 0", "3 1 5 4 0", "line 3: '5' is no option"),
            ("3 1 3 4 0", "3 1 3 1 0", "line 3: a ballot names an option twice"),
            ("3 1 3 4 0", "1.5 1 3 4 0", "line 3: '1.5' stands where a number of ballots"),
            ("3 1 3 4 0", "99999999999 1 0", "line 3"),
            ('"D"\n"Title"', "", "4 options are announced, 3 have names"),
            ('"Cy"', '"Cy', "line 10: a name's closing quote is missing"),
            ('"Cy"', '"adam"', "two options are called 'adam'"),
            ("5 0\n0\n", "5 0\n", "line 7: the file ends where the 0"),
            ("-2", "-9", "line 2: '-9' is no option"),
        ],
    )
    def test_what_is_wrong(self, old: str, new: str, says: str) -> None:
        with pytest.raises(Unreadable, match=says):
            read("blt", BLT.replace(old, new))

    def test_a_quote_within_a_name(self) -> None:
        found = read("blt", BLT.replace("Basil", 'Basil "the Lot" Ash'))
        assert found.options[1].name == 'Basil "the Lot" Ash'


SOI = """\
# TITLE: T
# NUMBER VOTERS: 6
# NUMBER UNIQUE ORDERS: 2
# ALTERNATIVE NAME 1: a,b
# ALTERNATIVE NAME 2: c
4: 1,2
2: {1, 2}
"""


class TestPreflib:
    def test_the_usual(self) -> None:
        found = read("preflib", SOI)
        assert found.counts == {"o1>o2": 4, "o1=o2": 2}
        assert [one.name for one in found.options] == ["a,b", "c"]

    @pytest.mark.parametrize(
        ("old", "new", "says"),
        [
            ("VOTERS: 6", "VOTERS: 7", "line 2: the head says 7 voters, the file has 6"),
            ("ORDERS: 2", "ORDERS: 3", "line 3: the head says 3 unique orders"),
            ("ORDERS: 2", "ORDERS: two", "line 3: 'two'"),
            ("4: 1,2", "4: 1,3", "line 6: '3' is no alternative"),
            ("4: 1,2", "4: 1,1", "line 6: a ballot names an option twice"),
            ("{1, 2}", "{1, 2", "line 7: .* is no order"),
            ("{1, 2}", "{1, 2},", "line 7: .* is no order"),
            ("4: 1,2", "x: 1,2", "line 6: 'x'"),
            ("NAME 2", "NAME 1", "line 5: alternative 1 has two names"),
        ],
    )
    def test_what_is_wrong(self, old: str, new: str, says: str) -> None:
        with pytest.raises(Unreadable, match=says):
            read("preflib", SOI.replace(old, new))


PB = """\
META
key;value
description;D
num_projects;2
num_votes;2
budget;10,50
vote_type;approval
PROJECTS
project_id;cost;name
7;2.25;Trees
9;3;Trees
VOTES
voter_id;vote
1;7,9
2;
"""


class TestPabulib:
    def test_costs_are_kept_and_names_told_apart(self) -> None:
        found = read("pabulib", PB)
        assert [(one.name, one.cost) for one in found.options] == [
            ("Trees (7)", "2.25"),
            ("Trees (9)", "3"),
        ]
        assert (found.budget, found.counts) == ("10.50", {"o1,o2": 1, "": 1})

    @pytest.mark.parametrize(
        ("kind", "votes", "form", "counts"),
        [
            ("ordinal", "vote\n9,7\n\n", Form.RANKS, {"o2>o1": 1}),
            ("choose-1", "vote\n9\n", Form.CHOICE, {"o2": 1}),
            ("cumulative", "vote;points\n9,7;6,4\n", Form.GRADES, {"o1:4,o2:6": 1}),
            ("scoring", "vote;points\n9;0\n;\n", Form.GRADES, {"o2:0": 1}),
        ],
    )
    def test_kinds(self, kind: str, votes: str, form: Form, counts: dict[str, int]) -> None:
        text = PB.replace("num_votes;2\n", "").replace("approval", kind)
        found = read("pabulib", text[: text.index("voter_id")] + votes)
        assert found.form is form
        assert {mark: n for mark, n in found.counts.items() if mark} == counts

    @pytest.mark.parametrize(
        ("old", "new", "says"),
        [
            ("num_votes;2", "num_votes;3", "META says 3 votes, the file has 2"),
            ("num_projects;2", "num_projects;1", "META says 1 projects"),
            ("1;7,9", "1;7,8", "line 14: '8' is no option"),
            ("1;7,9", "1;7,7", "line 14: a ballot names an option twice"),
            ("7;2.25", "7;much", "line 10: 'much' stands where a cost"),
            ("7;2.25", "7", "line 10: 3 columns, and 2 cells"),
            ("approval", "guess", "line 7: the vote type 'guess'"),
            ("VOTES", "VOICES", "cells"),
            ("META", "MATE", "line 1: the section META"),
        ],
    )
    def test_what_is_wrong(self, old: str, new: str, says: str) -> None:
        with pytest.raises(Unreadable, match=says):
            read("pabulib", PB.replace(old, new))


class TestAbif:
    @pytest.mark.parametrize(
        ("line", "form", "mark"),
        [
            ("3: A/5, B/2, C/2 # so", Form.GRADES, "o1:5,o2:2,o3:2"),
            ('3*[A]>"B"=C', Form.RANKS, "o1>o2=o3"),
            ("3:A,B,C", Form.RANKS, "o1=o2=o3"),
            ("3:A/5>B>C/1", Form.RANKS, "o1>o2>o3"),
        ],
    )
    def test_lines(self, line: str, form: Form, mark: str) -> None:
        found = read("abif", line)
        assert (found.form, found.counts) == (form, {mark: 3})

    @pytest.mark.parametrize(
        ("line", "says"),
        [
            ("3:A>", "line 2: an option is missing after >"),
            ("3:A>B>A", "line 2: a ballot names an option twice"),
            ("3:A/4.5", "line 2: '4.5' stands where a rating"),
            ("3:A>[B", "line 2: .* is no ranking"),
            ("hello", "line 2: 'hello' is neither"),
            ("{hello", "line 2: .* is no metadata"),
            ("=A:[x]\n=A:[y]", "line 3: 'A' is named twice"),
        ],
    )
    def test_what_is_wrong(self, line: str, says: str) -> None:
        with pytest.raises(Unreadable, match=says):
            read("abif", f"1:Q\n{line}")


class TestCsv:
    @pytest.mark.parametrize(
        ("text", "form", "counts"),
        [
            ("choice\nyes\nno\nyes\n\n", Form.CHOICE, {"o1": 2, "o2": 1}),
            ("vote;count\na;3\nb;0\n;2\n", Form.CHOICE, {"o1": 3, "": 2}),
            ("rank 1,rank 2\na,b\nb,\n,a\n", Form.RANKS, {"o1>o2": 1, "o2": 1, "o1": 1}),
            ("1st,2nd\na,b\n", Form.RANKS, {"o1>o2": 1}),
            ("第1位,第2位,票数\n甲,乙,4\n", Form.RANKS, {"o1>o2": 4}),
            ("rank:a,rank:b,rank:c\n2,1,2\n3,,1\n", Form.RANKS, {"o2>o1=o3": 1, "o3>o1": 1}),
            ("score:a,score:b\n5,\n,\n", Form.GRADES, {"o1:5": 1, "": 1}),
            ("pick:a,pick:b\nx,是\n0,no\n", Form.PICKS, {"o1,o2": 1, "": 1}),
            ("a\tb\n1\t\n\t✓\n", Form.PICKS, {"o1": 1, "o2": 1}),
            ("a,b\n5,0\n3,1\n", Form.GRADES, {"o1:5,o2:0": 1, "o1:3,o2:1": 1}),
            ("a,b,c\n1,2,2\n3,1,1\n,,1\n", Form.RANKS, {"o1>o2=o3": 1, "o2=o3>o1": 1, "o3": 1}),
        ],
    )
    def test_heads(self, text: str, form: Form, counts: dict[str, int]) -> None:
        found = read("csv", text)
        assert (found.form, found.counts) == (form, counts)

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("a,b\n3,4\n", "line 1: these numbers could be ranks or grades"),
            ("rank:a,grade:b\n1,2\n", "line 1: each column needs the same word"),
            ("rank:a,rank:b\n1\n", "line 2: 1 cells under 2 columns"),
            ("rank:a,rank:b\n1,2,3\n", "line 2: 3 cells under 2 columns"),
            ("rank:a\n0\n", "line 2: places begin with 1"),
            ("pick:a\nmaybe\n", "line 2: 'maybe' is neither picked"),
            ("count,choice\nx,a\n", "line 2: 'x' stands where a number of ballots"),
            ("rank 2,rank 1\na,b\n", "line 1: the columns of the places"),
            ("rank 1,rank 2\na,a\n", "line 2: a ballot names an option twice"),
            ("count\n3\n", "line 1: the first line must name"),
        ],
    )
    def test_what_is_wrong(self, text: str, says: str) -> None:
        with pytest.raises(Unreadable, match=says):
            read("csv", text)
