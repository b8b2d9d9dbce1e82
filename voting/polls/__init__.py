"""Polls: the question, the frozen roll, casting, hands and paper, closing and publishing."""
