"""Meetings of a consultation: venues, order of the day, attendance, quorum, polls in the hall."""
