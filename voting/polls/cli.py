"""What an operator does with polls: `run.py verify` looks at boxes and at exported ballots."""

from voting.polls import publication, verify

__all__ = ["publication", "verify"]
