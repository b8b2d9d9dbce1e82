"""What is read here: the queue, measures and appeals, settings, the public counts."""

from moderation.oversight.queries import measures as measures
