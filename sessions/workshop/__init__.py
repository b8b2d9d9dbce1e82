"""Facilitated sessions: a script in timed steps, small groups, themes, options, positions."""
