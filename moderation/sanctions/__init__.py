"""Sanctions: mutes and bans with their rule and reason, told to the person."""
