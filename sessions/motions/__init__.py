"""Motions and amendments: what a meeting debates, in which wording, and puts to the vote."""
