"""Votes given to others: by whom, to whom, for what, and where they go when a poll closes."""
