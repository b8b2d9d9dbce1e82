"""Procedures in stages: voted on, written down, disclosed, each after the one before."""
