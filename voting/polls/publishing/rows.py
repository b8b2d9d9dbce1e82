"""The published ballots against the signed size and root: what was done to them, by name. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence

from voting.boxes import ballots, tree

NAMED_MOST = 20  # faults of one kind that are named one by one
Row = tuple[str, str | None]  # a commitment, and the ballot's text where single ones are shown
Told = tuple[str, str]  # the kind of a fault, and words


def faults(rows: Sequence[Row], size: int, root: str) -> Iterator[Told]:
    """Rows changed, removed, added, put in another order, or exchanged for others."""
    commits = [commit for commit, _text in rows]
    changed = [
        commit
        for commit, text in rows
        if text is not None and ballots.commitment(text.encode()) != commit
    ]
    for commit in changed[:NAMED_MOST]:
        yield "ballot_changed", f"the ballot {commit} was changed: it is not what it is called by"
    if len(changed) > NAMED_MOST:
        yield "ballot_changed", f"{len(changed)} ballots were changed in all"
    twice = [commit for commit, times in Counter(commits).items() if times > 1]
    for commit in twice[:NAMED_MOST]:
        yield "ballots_added", f"the ballot {commit} stands here more than once"
    if len(commits) < size:
        gone = size - len(commits)
        yield "ballots_removed", f"{gone} of {size} ballots were removed: {len(commits)} are here"
    elif len(commits) > size:
        more = len(commits) - size
        yield "ballots_added", f"{more} ballots were added: {size} were closed over"
    elif not all(map(_is_digest, commits)):
        yield "ballot_changed", "something stands in the place of a commitment that is none"
    elif tree.root(commits) != root:
        if tree.root(sorted(commits)) == root:
            yield "ballots_reordered", "the ballots stand in another order than they were closed in"
        else:
            words = "ballots were exchanged for others: they do not lead to the signed root"
            yield "ballots_exchanged", words


def _is_digest(text: str) -> bool:
    return len(text) == 64 and all(letter in "0123456789abcdef" for letter in text)
