"""FLOOR 2: deciding. It needs no meeting."""
