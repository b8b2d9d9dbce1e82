"""Paper in a vote: given out against the roll, entered twice, mixed among the ballots."""
