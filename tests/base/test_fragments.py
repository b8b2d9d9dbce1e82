"""What is kept of rendered pages, and how much of it; many pieces put into one page."""

from forum.base.fragments import Bulk, Fragments, filled


def test_what_is_asked_for_stays_and_what_is_not_goes() -> None:
    kept: Fragments[str] = Fragments(10)
    kept.keep({"dear": "dear"})
    for n in range(100):
        kept.keep({n: str(n)})
        if n % 2:
            assert kept.find("dear") == "dear"
        else:
            assert kept.several(["dear"], lambda _places: ["made anew"]) == ["dear"]
    assert kept.find(0) is None
    assert sum(kept.find(n) is not None for n in range(100)) <= 10


def test_only_what_is_lacking_is_made_and_all_stands_in_its_place() -> None:
    kept: Fragments[str] = Fragments(10)
    made: list[list[int]] = []

    def make(places: list[int]) -> list[str]:
        made.append(places)
        return [f"made {place}" for place in places]

    kept.keep({"b": "B", "d": "D"})
    assert kept.several(["a", "b", "c", "d"], make) == ["made 0", "B", "made 2", "D"]
    assert kept.several(["d", "c", "b", "a"], make) == ["D", "made 2", "B", "made 0"]
    assert made == [[0, 2]]
    assert kept.get("a", lambda: "again") == "made 0"


def test_more_at_once_than_it_holds_is_still_given_whole() -> None:
    kept: Fragments[str] = Fragments(4)
    kept.keep({n: str(n) for n in range(3)})
    wanted = [str(n) for n in range(20)]
    for _again in range(2):
        assert kept.several(range(20), lambda places: [str(n) for n in places]) == wanted


def test_pieces_stand_where_their_marks_are() -> None:
    one, two, absent = Bulk([b"<p>1</p>", b"<p>2</p>"]), Bulk([b"<p>3</p>"]), Bulk([b"!"])
    page = f"<a>{two.__html__()}</a><b>{one.__html__()}</b>é".encode()
    assert filled(page, [one, absent, two]) == "<a><p>3</p></a><b><p>1</p><p>2</p></b>é".encode()
    assert filled(b"<a>", []) == b"<a>"
    assert one
    assert not Bulk([])
