"""Preparation of a meeting: its type, the notice in time, replies and seats, proxies, the roll."""
