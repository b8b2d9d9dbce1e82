"""Exports of minutes, one file a format, all from one record."""
