"""The process: its stages, who may see it and take part, its briefing and its people."""
