"""Ballots: the live box, the sealed one, commitment trees, receipts and closing records."""
