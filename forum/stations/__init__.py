"""The tier tree: organisations, committees and stations, who serves there and when."""
