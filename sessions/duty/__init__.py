"""What a representative reports, what voters ask, what was answered, how it was received."""
