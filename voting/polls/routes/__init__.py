"""The pages of this room: a vote as its voters see it, and how it is conducted."""

from voting.polls.routes import conduct, papers, voting

__all__ = ["conduct", "papers", "voting"]
