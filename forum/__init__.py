"""The rooms of deliberation and, in base, the ground that every room stands on."""
