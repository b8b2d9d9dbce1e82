"""Several questions at once: none plays a part in another's count, and a tie is not carried."""

from hypothesis import given
from hypothesis import strategies as st

from voting.methods.common import marks
from voting.methods.common.result import Frame
from voting.methods.majority import METHOD as MAJORITY
from voting.methods.majority import NO, YES
from voting.methods.method import Option
from voting.methods.questions import AGAINST, FOR, METHOD

OPTIONS = (Option("o1", "A bench"), Option("o2", "A lamp"), Option("o3", "A hedge"))
IDS = [one.id for one in OPTIONS]
BALLOTS = st.dictionaries(
    st.dictionaries(st.sampled_from(IDS), st.sampled_from([FOR, AGAINST])).map(marks.write_grades),
    st.integers(1, 10**6),
    max_size=9,
)


@given(counts=BALLOTS, share=st.sampled_from([">1/2", ">=2/3", ">=3/4"]))
def test_each_is_a_majority_of_its_own(counts: dict[str, int], share: str) -> None:
    """The same comes out as if each question had been put to the vote alone."""
    rule = METHOD.rule({"threshold": share}, OPTIONS)
    frame = Frame(eligible=sum(counts.values()))
    found = METHOD.tally(counts, rule, frame)
    assert found.ties == ()
    for ident in IDS:
        alone = {
            said: sum(n for text, n in counts.items() if marks.grades(text).get(ident) == answer)
            for said, answer in ((YES, FOR), (NO, AGAINST))
        }
        own = MAJORITY.tally(alone, MAJORITY.rule({"threshold": share}), frame)
        assert (ident in found.winners) == own.carried
        assert found.figures[ident] == alone[YES]
